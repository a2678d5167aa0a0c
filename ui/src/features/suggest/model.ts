import { kindOf } from "~/shared/asset/naming";
import type { SuggestQuery } from "~/shared/graphql/generated/operations";
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

/** Where the typed text stands in a completion, to be marked. */
export function marked(text: string, typed: string): { start: number; end: number }[] {
  const at = text.toLowerCase().indexOf(typed.trim().toLowerCase());
  return at < 0 || typed.trim() === "" ? [] : [{ start: at, end: at + typed.trim().length }];
}
