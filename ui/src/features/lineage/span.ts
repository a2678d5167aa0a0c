import type { Range } from "~/shared/ui/Name";
import type { GraphEdge } from "./model";

/** Where a statement says a step: the expression itself, else the column's or the tables' names. */
export function spans(sql: string, step: Pick<GraphEdge, "expression" | "fromColumn" | "toColumn">, tables: string[]): Range[] {
  const expression = step.expression ? find(sql, step.expression) : undefined;
  if (expression) return [expression];
  const column = step.fromColumn ?? step.toColumn;
  const named = column ? word(sql, column) : [];
  if (named.length > 0) return named;
  return tables.flatMap((table) => word(sql, table)).sort((a, b) => a.start - b.start);
}

/** The first place of a text in another, however they are spaced and in whichever case. */
function find(text: string, part: string): Range | undefined {
  const pattern = part.trim().split(/\s+/).map(escape).join("\\s+");
  const loose = pattern && new RegExp(pattern, "i").exec(text);
  return loose ? { start: loose.index, end: loose.index + loose[0].length } : undefined;
}

function word(text: string, name: string): Range[] {
  return [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_])${escape(name)}(?![\\p{L}\\p{N}_])`, "giu"))].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
