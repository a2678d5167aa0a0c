import type { Command } from "~/shared/keys/keys";
import type { OptionGroup } from "~/shared/ui/Combobox";

const moves = new Set(["Next row", "Previous row", "Open the row", "Previous tab", "Next tab", "Command palette"]);

/** The commands that match a text, those of the page before those that go elsewhere. */
export function paletteGroups(commands: Command[], text: string, act: (run: () => void) => void): OptionGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = commands.filter((command) => !moves.has(command.does) && words.every((word) => command.does.toLowerCase().includes(word)));
  const option = (command: Command) => ({
    id: command.does.replace(/\W+/g, "-"),
    content: command.does,
    hint: command.keys.split(", ")[0] && command.keys.split(", ")[0]?.split(" ").map((key) => <kbd key={key}>{key}</kbd>),
    pick: () => act(command.run),
  });
  const away = (command: Command) => command.does.startsWith("Go to ");
  return [
    { head: "This page", options: matching.filter((command) => !away(command)).reverse().map(option) },
    { head: "Go to", options: matching.filter(away).map(option) },
  ];
}
