import type { AssetPromiseQuery, SetSlaMutationVariables } from "~/shared/graphql/generated/operations";

type Sla = NonNullable<AssetPromiseQuery["asset"]>["sla"];

/** A promise as it is typed. */
export interface Promised {
  dueBy: string;
  zone: string;
  /** 1 is Monday, 7 Sunday; none is every day. */
  weekdays: number[];
  hours: string;
}

export const weekdays: [day: number, word: string][] = [
  [1, "Mon"],
  [2, "Tue"],
  [3, "Wed"],
  [4, "Thu"],
  [5, "Fri"],
  [6, "Sat"],
  [7, "Sun"],
];

/** What is promised now, to be changed; the zone is the reader's own until one is promised. */
export function promised(sla: Sla, here = Intl.DateTimeFormat().resolvedOptions().timeZone): Promised {
  if (!sla) return { dueBy: "", zone: here, weekdays: [], hours: "" };
  return { dueBy: sla.dueBy, zone: sla.zone || (sla.dueBy ? "UTC" : here), weekdays: sla.weekdays, hours: sla.freshnessHours === null ? "" : String(sla.freshnessHours) };
}

/** The days with one more, or one less, in their order; all seven are every day. */
export function withDay(days: number[], day: number): number[] {
  const next = days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort((a, b) => a - b);
  return next.length === weekdays.length ? [] : next;
}

/** Whether nothing is promised, neither a time nor an age. */
export function isNone({ dueBy, hours }: Promised): boolean {
  return dueBy === "" && hours.trim() === "";
}

/** What is wrong with the age, or nothing. */
export function wrongAge({ hours }: Promised): string | undefined {
  return hours.trim() === "" || Number(hours) > 0 ? undefined : "A number of hours above 0.";
}

/** The promise as the server takes it; zone and days belong to a time of day alone. */
export function promiseAsked(id: string, { dueBy, zone, weekdays: days, hours }: Promised): SetSlaMutationVariables {
  const age = hours.trim() === "" ? undefined : Number(hours);
  return dueBy === "" ? { id, freshnessHours: age } : { id, dueBy, zone: zone.trim(), weekdays: days, freshnessHours: age };
}
