import type { GlossaryQuery } from "~/shared/graphql/generated/operations";

export type Entry = GlossaryQuery["glossary"][number];

/** The entries whose name, synonyms or definition hold every word of the filter. */
export function filtered(entries: Entry[], filter: string): Entry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = [entry.short, entry.term?.definition ?? "", ...(entry.term?.synonyms ?? [])].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Metrics have a formula or say so; they stand before plain terms. */
export function isMetric(entry: Entry): boolean {
  return entry.subtype === "metric" || Boolean(entry.term?.formula);
}

/** The first answer of each sort that a term gives: what to query, and what to look at. */
export function answers(entry: Entry): { table?: Answer; dashboard?: Answer } {
  const canonical = entry.term?.canonical ?? [];
  return { table: canonical.find((asset) => asset.type === "dataset"), dashboard: canonical.find((asset) => asset.type === "dashboard") };
}

type Answer = NonNullable<Entry["term"]>["canonical"][number];
