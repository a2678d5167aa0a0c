import { kindOf } from "~/shared/asset/naming";
import type { KeptSearchesQuery, SuggestQuery } from "~/shared/graphql/generated/operations";
import { count } from "~/shared/format/number";
import { addressOf, type SearchAddress } from "~/shared/search/facets";
import { kindWord } from "~/shared/ui/Kind";

type Suggestion = SuggestQuery["suggest"][number];

/** Suggestions of one kind under one head, in the order in which the kinds first appear. */
export interface SuggestionGroup {
  head: string;
  suggestions: Suggestion[];
}

const heads: Record<string, string> = { term: "Terms", metric: "Terms", dashboard: "Dashboards", person: "People" };

/** Groups completions by what they lead to; plain words come last. */
export function grouped(suggestions: Suggestion[]): SuggestionGroup[] {
  const groups = new Map<string, Suggestion[]>();
  for (const suggestion of suggestions) {
    const head = headOf(suggestion);
    groups.set(head, [...(groups.get(head) ?? []), suggestion]);
  }
  const words = groups.get("As words");
  groups.delete("As words");
  if (words) groups.set("As words", words);
  return [...groups].map(([head, each]) => ({ head, suggestions: each }));
}

function headOf({ asset }: Suggestion): string {
  if (!asset) return "As words";
  const kind = kindWord(kindOf(asset));
  return heads[kind] ?? (asset.type === "dataset" ? "Tables" : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`);
}

/** A search that the field offers before anything is typed. */
export interface Kept {
  id: string;
  word: string;
  /** What it narrows to, or how much it found. */
  hint: string;
  address: SearchAddress;
}

/** The reader's own searches under their heads: those kept under a name first, then those made lately that are not kept. */
export function kept({ savedSearches, recentSearches }: KeptSearchesQuery): { head: string; searches: Kept[] }[] {
  const narrowed = (filters: { values: string[] }[]) => filters.flatMap(({ values }) => values).join(", ");
  const saved = savedSearches.map((search): Kept => ({ id: `saved ${search.name}`, word: search.name, hint: search.name === search.query ? narrowed(search.filters) : [search.query, narrowed(search.filters)].filter(Boolean).join(", "), address: addressOf(search) }));
  const known = new Set(saved.map(({ address }) => JSON.stringify(address)));
  const recent = recentSearches
    .map((search): Kept => ({ id: `recent ${search.query} ${narrowed(search.filters)}`, word: search.query || "everything", hint: narrowed(search.filters) || count(search.total, "asset"), address: addressOf(search) }))
    .filter(({ address }) => !known.has(JSON.stringify(address)));
  return [
    { head: "Saved", searches: saved },
    { head: "Lately", searches: recent },
  ];
}

/** Where the typed text stands in a completion, to be marked. */
export function marked(text: string, typed: string): { start: number; end: number }[] {
  const at = text.toLowerCase().indexOf(typed.trim().toLowerCase());
  return at < 0 || typed.trim() === "" ? [] : [{ start: at, end: at + typed.trim().length }];
}
