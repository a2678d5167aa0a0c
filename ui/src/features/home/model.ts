import type { HomeQuery } from "~/shared/graphql/generated/operations";

export type HomeData = HomeQuery["home"];
export type Metric = HomeData["metrics"][number];
type ZoneLine = HomeData["zones"][number];

/** A zone over all the systems that it spreads over. */
export interface Zone {
  name: string;
  systems: ZoneLine[];
  datasets: number;
  certified: number;
  personal: number;
  /** Used by people in 30 days; null when no system of the zone says. */
  used: number | null;
}

const order = ["raw_data", "analytics", "adhoc", "archive"];

const meanings: Record<string, string> = {
  raw_data: "as it arrives",
  analytics: "modelled and owned",
  adhoc: "made by people, for now",
  archive: "kept by rule",
};

/** What a zone is for, for the four that have a meaning everywhere. */
export function meaning(zone: string): string {
  return meanings[zone] ?? "";
}

/** The lines by zone and system, put together by zone; the four well-known ones first, in the order of the flow. */
export function zones(lines: ZoneLine[]): Zone[] {
  const byName = new Map<string, ZoneLine[]>();
  for (const line of lines) byName.set(line.name, [...(byName.get(line.name) ?? []), line]);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...byName]
    .map(([name, systems]) => ({
      name,
      systems: systems.sort((a, b) => b.datasets - a.datasets),
      datasets: sum(systems, (line) => line.datasets),
      certified: sum(systems, (line) => line.certified),
      personal: sum(systems, (line) => line.personal),
      used: systems.every((line) => line.used === null) ? null : sum(systems, (line) => line.used ?? 0),
    }))
    .sort((a, b) => place(a.name) - place(b.name) || b.datasets - a.datasets);
}

/** The agreed numbers; a term without a formula is a word, not a number, and stands in the glossary alone. */
export function numbers(metrics: Metric[]): Metric[] {
  return metrics.filter(({ term }) => term.subtype === "metric");
}

/** Days as weeks, oldest first, the last one ending today; days before the first whole week are left out. */
export function weeks(days: { people: number }[], many = 12): number[] {
  const counted = days.slice(-7 * many);
  const first = counted.length % 7;
  const found: number[] = [];
  for (let at = first; at < counted.length; at += 7) found.push(sum(counted.slice(at, at + 7), (day) => day.people));
  return found;
}

/** Breaking changes first, then by time, the newest first. */
export function byWeight(changes: HomeData["recent"]): HomeData["recent"] {
  return [...changes].sort((a, b) => Number(b.breaking) - Number(a.breaking) || b.at.localeCompare(a.at));
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
