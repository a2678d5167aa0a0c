import type { Range } from "./Name";

const clauses = /^(?:select|from|where|group by|order by|having|limit|union(?: all)?|intersect|except|values|set|using|when (?:not )?matched|on conflict|(?:(?:natural|left|right|full|inner|cross)(?: outer)? )?join|with|window|qualify|returning)\b/i;

/** Words after which the next one still belongs to the same clause. */
const begun = /\b(?:natural|left|right|full|inner|cross|outer|delete|distinct)$/i;

/**
 * Breaks a statement that stands on one line before its clauses, so that it can be read; one that has lines keeps them.
 * Only the spaces change: what is quoted stays as it is.
 */
export function broken(sql: string): string {
  const text = sql.trim();
  if (text.includes("\n") || text.length < 60) return text;
  let out = "";
  let depth = 0;
  for (const match of text.matchAll(/"[^"]*"|'[^']*'|`[^`]*`|\s+|[(),]|[^\s"'`(),]+/g)) {
    const [piece] = match;
    const next = text.slice(match.index + piece.length);
    if (piece === "(") depth++;
    if (piece === ")") depth = Math.max(0, depth - 1);
    if (!/^\s/.test(piece)) out += piece;
    else if (clauses.test(next) && !begun.test(out)) out += `\n${"  ".repeat(depth)}`;
    else if (depth === 0 && out.endsWith(",")) out += "\n  ";
    else out += " ";
  }
  return out;
}

/** Where a stretch of the statement stands after its spaces changed. */
export function moved({ start, end }: Range, from: string, to: string): Range {
  return { start: place(to, solid(from, start)), end: place(to, solid(from, end) - 1) + 1 };
}

/** How many characters that are no spaces stand before an offset. */
function solid(text: string, offset: number): number {
  return text.slice(0, offset).replace(/\s/g, "").length;
}

/** The offset of the character before which so many others stand that are no spaces. */
function place(text: string, before: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text.charAt(at))) continue;
    if (seen === before) return at;
    seen++;
  }
  return text.length;
}
