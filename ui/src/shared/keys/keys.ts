/** A key, or keys in turn, and what they do on this page; the palette and the `?` sheet list them all. */
export interface Command {
  /** "j", "?", "Ctrl k", "g l" (one after the other), or several for the same: "j, ArrowDown". Empty: palette only. */
  keys: string;
  does: string;
  run: () => void;
  /** Also works while a field has the focus. */
  inFields?: boolean;
}

/** How one press is written: "Ctrl k", "Shift x" for letters, "?" for what shift already changed. */
export function pressed(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const command = event.ctrlKey || event.metaKey ? "Ctrl " : "";
  const shift = event.shiftKey && (/^[A-Za-z]$/.test(event.key) || event.key.length > 1) ? "Shift " : "";
  const alt = event.altKey ? "Alt " : "";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return command + alt + shift + key;
}

/** Finds the newest command for a press, given the press before it; a two-key command wins over a single one. */
export function find(commands: Command[], press: string, before: string | null): Command | undefined {
  const meant = (command: Command, keys: string) => command.keys.split(", ").includes(keys);
  const pair = before ? commands.findLast((command) => meant(command, `${before} ${press}`)) : undefined;
  return pair ?? commands.findLast((command) => meant(command, press));
}

/** Whether a press may start a two-key command, so that the next one is awaited. */
export function starts(commands: Command[], press: string): boolean {
  return commands.some((command) => command.keys.split(", ").some((keys) => /^\S \S$/.test(keys) && keys.startsWith(`${press} `)));
}
