import { count, number } from "~/shared/format/number";
import type { UnderstoodQuery } from "~/shared/graphql/generated/operations";
import type { Range } from "~/shared/ui/Name";

export type Report = UnderstoodQuery["understood"];
export type Misread = Report["statements"]["items"][number];

/** Why statements were not understood: one construct with all words it was met in. */
export interface Cause {
  /** As in the address: "partial.unknown_clause". */
  key: string;
  outcome: string;
  code: string;
  count: number;
  /** The words of its most frequent reasons. */
  words: string[];
}

const named = 3;

/** The reasons put together by construct, the most frequent first. */
export function causes(reasons: Report["reasons"]): Cause[] {
  const found = new Map<string, Cause>();
  for (const { outcome, code, reason, count: many } of reasons) {
    const key = `${outcome}.${code}`;
    const cause = found.get(key) ?? { key, outcome, code, count: 0, words: [] };
    cause.count += many;
    const words = reason.slice(reason.indexOf(":") + 1).trim();
    if (words && reason.includes(":") && cause.words.length < named) cause.words.push(words);
    found.set(key, cause);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** A construct in words: "unknown clause". */
export function codeWords(code: string): string {
  return code.replaceAll("_", " ");
}

/** "12 of 4 310 statements were not wholly understood"; those that move no data do not count. */
export function headline({ total: { statements, skipped, partial, failed } }: Pick<Report, "total">): string {
  const not = partial + failed;
  return `${number(not)} of ${count(statements - skipped, "statement")} ${not === 1 ? "was" : "were"} not wholly understood`;
}

/** Where the words stand that were not understood. The server counts characters, the browser half characters. */
export function wordsIn({ sql, wordsStart, wordsEnd }: Pick<Misread, "sql" | "wordsStart" | "wordsEnd">): Range[] {
  if (wordsStart === null || wordsEnd === null) return [];
  const letters = Array.from(sql);
  const start = letters.slice(0, wordsStart).join("").length;
  return [{ start, end: start + letters.slice(wordsStart, wordsEnd).join("").length }];
}

/** What it means for lineage, and whether a later reading has helped. */
export function meaning({ outcome, now }: Pick<Misread, "outcome" | "now">): string {
  if (now === "parsed") return "Understood since, after a schema arrived or the reader learned: its lineage is complete now.";
  return outcome === "partial" ? "Its tables are kept in lineage; some of its columns are unknown." : "What it reads and writes is unknown.";
}

/** The tools whose statements were not all understood, those with most of them first. */
export function stumbled(tools: Report["tools"]): { tool: string; read: number; not: number }[] {
  return tools
    .map(({ tool, total }) => ({ tool: tool || "no tool named", read: total.statements - total.skipped, not: total.partial + total.failed }))
    .filter(({ not }) => not > 0)
    .sort((a, b) => b.not - a.not);
}
