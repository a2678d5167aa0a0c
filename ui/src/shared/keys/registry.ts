import { find, pressed, starts, type Command } from "./keys";

const waits = 1_200; // how long a first key is remembered: long enough for a slow hand, short enough not to surprise
const setting = "waymark.keys";

let commands: Command[] = [];
let before: { press: string; at: number } | null = null;
const listeners = new Set<() => void>();

/** Adds a page's commands; the answer takes them away again. Those of the shell lie `under` them: a page may shadow them. */
export function register(more: Command[], under = false): () => void {
  change(under ? [...more, ...commands] : [...commands, ...more]);
  return () => change(commands.filter((command) => !more.includes(command)));
}

/** All commands of the page as it stands, for useSyncExternalStore. */
export const registered = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  now: (): Command[] => commands,
};

/** Single-letter keys can be switched off by those whose tools send letters. */
export const letters = {
  on: (): boolean => localStorage.getItem(setting) !== "off",
  turn: (on: boolean): void => localStorage.setItem(setting, on ? "on" : "off"),
};

/** Handles one press anywhere in the window. */
export function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const said = pressed(event);
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (!modified && event.key.length === 1 && !letters.on()) return;
  const writing = inField(event.target);
  const earlier = before && event.timeStamp - before.at < waits ? before.press : null;
  const usable = writing ? commands.filter((command) => command.inFields) : commands;
  const command = find(usable, said, earlier);
  before = !command && !writing && starts(commands, said) ? { press: said, at: event.timeStamp } : null;
  if (!command) return;
  event.preventDefault();
  command.run();
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function change(next: Command[]): void {
  commands = next;
  listeners.forEach((listener) => listener());
}
