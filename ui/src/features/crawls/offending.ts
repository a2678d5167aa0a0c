import type { Range } from "~/shared/ui/Name";

/** Where a statement was not understood: the words that the reason quotes, else its line and column. */
export function offending(sql: string, reason: string): Range[] {
  const quoted = /["“'`]([^"”'`]+)["”'`]/.exec(reason)?.[1];
  if (quoted) {
    const at = sql.toLowerCase().indexOf(quoted.toLowerCase());
    if (at >= 0) return [{ start: at, end: at + quoted.length }];
  }
  const after = /:\s*(?:line \d+,? column \d+:\s*)?([^:]+)$/.exec(reason)?.[1]?.trim();
  const told = after ? loosely(sql, after) : undefined;
  if (told) return [told];
  const place = /line (\d+),? column (\d+)/.exec(reason) ?? /\b(\d+):(\d+)\b/.exec(reason);
  if (!place) return [];
  const start = offset(sql, Number(place[1]), Number(place[2]));
  const word = start === undefined ? undefined : /^\s*(\S+)/.exec(sql.slice(start));
  return start !== undefined && word ? [{ start, end: start + word[0].length }] : [];
}

/** The words of a reason stand in the statement, but perhaps spaced otherwise. */
function loosely(sql: string, words: string): Range | undefined {
  const pattern = words.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("\\s*");
  const found = new RegExp(pattern, "i").exec(sql);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

function offset(text: string, line: number, column: number): number | undefined {
  const lines = text.split("\n");
  if (line < 1 || line > lines.length) return undefined;
  return lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
}

/** A reason in words: "unknown_clause: FROM x" begins with "unknown clause". */
export function reasonWords(reason: string): string {
  const [kind = "", ...rest] = reason.split(":");
  return [kind.replaceAll("_", " "), ...rest].join(":");
}
