import { useEffect, useRef } from "react";
import type { Command } from "./keys";
import { register } from "./registry";

/** Gives a page or part its keys while it is on the screen. What they do may change; which keys they are is taken once per list. `under` is for the shell, whose keys a page may shadow. */
export function useKeys(commands: Command[], under = false): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const list = commands.map((command) => `${command.keys}\u0000${command.does}\u0000${command.inFields ?? ""}`).join("\u0001");
  useEffect(() => {
    return register(latest.current.map((command, index) => ({ ...command, run: () => latest.current[index]?.run() })), under);
  }, [list, under]);
}
