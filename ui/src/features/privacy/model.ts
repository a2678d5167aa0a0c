import type { PrivacyQuery, ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { number } from "~/shared/format/number";
import { levelOf } from "~/shared/review/marks";
import { levels, type Level } from "~/shared/ui/PersonalChip";

export type Overview = PrivacyQuery["privacy"];
export type Held = Overview["held"][number];
export type Coverage = Overview["coverage"][number];

/** What is held of one level: its classes added up. */
export interface HeldLevel {
  level: Level;
  classes: Held[];
  tagged: number;
  suggested: number;
}

/** What is held by level, the most sensitive first; a level without columns stays, with zero. */
export function byLevel(held: Held[]): HeldLevel[] {
  return [...levels].reverse().map((level) => {
    const classes = held.filter((each) => levelOf(each) === level).sort((a, b) => b.tagged + b.suggested - (a.tagged + a.suggested));
    const sum = (of: (each: Held) => number) => classes.reduce((total, each) => total + of(each), 0);
    return { level, classes, tagged: sum((each) => each.tagged), suggested: sum((each) => each.suggested) };
  });
}

/** "e-mail, name, phone and 4 more". */
export function examples({ classes }: HeldLevel): string {
  const named = classes.slice(0, 3).map((each) => each.label);
  const more = classes.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${number(more)} more` : "");
}

/** Columns that are tagged or suggested, and the tables of which each class tells. */
export function totals(held: Held[]): { tagged: number; suggested: number } {
  return { tagged: held.reduce((sum, each) => sum + each.tagged, 0), suggested: held.reduce((sum, each) => sum + each.suggested, 0) };
}

/** Why a column looks personal, in one line: the strongest evidence that speaks for it. */
export function because({ evidence }: Pick<ReviewItemFragment, "evidence">): string {
  const best = [...evidence].sort((a, b) => b.weight - a.weight).filter((each) => each.weight > 0);
  return best.slice(0, 2).map((each) => each.detail || each.rule).join("; ");
}

/** The finding after the one that was answered, so that a reader can go on. */
export function following<T extends { id: string }>(items: T[], id: string): T | undefined {
  const at = items.findIndex((item) => item.id === id);
  return at < 0 ? undefined : (items[at + 1] ?? items[at - 1]);
}
