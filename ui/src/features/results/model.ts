import { pathOf } from "~/shared/asset/naming";
import type { Range } from "~/shared/ui/Name";
import { list } from "~/shared/format/address";
import type { CardFragment, HitLineFragment, SavedLineFragment, SearchQuery, SearchSort } from "~/shared/graphql/generated/operations";
import type { FacetValue } from "~/shared/ui/Facet";
import { facetKeys, keyOf, type FacetKey } from "~/shared/search/facets";
import type { ResultsAddress } from "./address";

export type Answer = SearchQuery["search"];
export type Hit = HitLineFragment;
export type Card = CardFragment;

/** Hits of one stage, under a head that says what the stage means. */
export interface Stage {
  name: string;
  means: string;
  total: number;
  hits: Hit[];
}

const means: Record<string, string> = {
  identity: "The name itself, or a term whose table it is",
  name: "Every word stands in name or path",
  content: "Every word stands somewhere in it: columns, terms, text",
  near: "No exact match; close in spelling or meaning",
};

/** How an order is said. */
export const sortWords: Record<SearchSort, string> = { RELEVANCE: "Best first", TRUST: "Most trusted", USED: "Most used", UPDATED: "Newest data", NAME: "By name" };

/** The hits in sections by stage, in the order in which they come; another order than the best first mixes the stages. */
export function stages(answer: Pick<Answer, "hits" | "stages" | "total">, sort: SearchSort = "RELEVANCE"): Stage[] {
  if (sort !== "RELEVANCE") return [{ name: sortWords[sort].toLowerCase(), means: "All stages; what is only near stands last", total: answer.total, hits: answer.hits }];
  const found: Stage[] = [];
  for (const hit of answer.hits) {
    const last = found.at(-1);
    if (last?.name === hit.stage) last.hits.push(hit);
    else found.push({ name: hit.stage, means: means[hit.stage] ?? "", total: answer.stages.find((stage) => stage.name === hit.stage)?.count ?? 0, hits: [hit] });
  }
  return found;
}

/** Where the matched words stand in the shown name: path, then name. */
export function nameRanges(hit: Pick<Hit, "asset" | "matched">): Range[] {
  const path = pathOf(hit.asset).toLowerCase();
  const head = hit.asset.short.toLowerCase();
  return hit.matched.flatMap(({ field, ...match }) => {
    const word = standing(match);
    if (field === "name") return occurrences(head, word).map((at) => ({ start: path.length + at, end: path.length + at + word.length }));
    if (field === "path") return occurrences(path, word).map((at) => ({ start: at, end: at + word.length }));
    return [];
  });
}

/** Where the matched words stand in a text of a given field, a column's name say. */
export function textRanges(text: string, hit: Pick<Hit, "matched">, field: string): Range[] {
  return hit.matched
    .filter((match) => match.field === field)
    .flatMap((match) => occurrences(text.toLowerCase(), standing(match)).map((at) => ({ start: at, end: at + standing(match).length })));
}

/** The word as it stands in the text: as asked, when nothing else is said. */
function standing({ word, as }: { word: string; as: string }): string {
  return (as || word).toLowerCase();
}

function occurrences(text: string, word: string): number[] {
  const found: number[] = [];
  if (word === "") return found;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}

/** A facet as it is drawn: its parameter, its head, its values with those that are on. */
export interface FacetView {
  key: FacetKey;
  name: string;
  values: FacetValue[];
}

/** The facets of an answer with what the address has chosen; excluded values are said with "not". */
export function facets(answer: Pick<Answer, "facets">, address: ResultsAddress): FacetView[] {
  return answer.facets.flatMap(({ field, title, values }) => {
    const key = keyOf(field);
    if (!key || values.length === 0) return [];
    const chosen = list(address[key]);
    const shown = values.map(({ value, label, count }) => {
      const out = chosen.includes(`-${value}`);
      return { value: out ? `-${value}` : value, word: out ? `not ${label}` : label, count, on: out || chosen.includes(value) };
    });
    const gone = chosen.filter((value) => !values.some((each) => each.value === value || `-${each.value}` === value));
    return [{ key, name: title, values: [...shown, ...gone.map((value) => ({ value, word: worded(value), count: 0, on: true }))] }];
  });
}

/** A filter that is on, as its chip says it. */
export interface ChosenFilter {
  key: FacetKey;
  value: string;
  word: string;
}

/** All filters of the address, each with the word that the facet has for it. */
export function chosenFilters(answer: Pick<Answer, "facets">, address: ResultsAddress): ChosenFilter[] {
  const labels = new Map(answer.facets.flatMap(({ field, values }) => values.map(({ value, label }) => [`${keyOf(field)}:${value}`, label] as const)));
  return facetKeys.flatMap((key) =>
    list(address[key]).map((value) => {
      const bare = value.replace(/^-/, "");
      const label = labels.get(`${key}:${bare}`) ?? bare;
      return { key, value, word: value.startsWith("-") ? `not ${label}` : label };
    }),
  );
}

/** Whether a kept search is the one that is looked at: the same words, filters and order. */
export function sameSearch(kept: Pick<SavedLineFragment, "query" | "filters" | "sort">, now: Pick<SavedLineFragment, "query" | "filters" | "sort">): boolean {
  const said = (search: typeof now) => JSON.stringify([search.query.trim(), search.sort, search.filters.map(({ field, values }) => [field, [...values].sort()]).sort()]);
  return said(kept) === said(now);
}

function worded(value: string): string {
  return value.startsWith("-") ? `not ${value.slice(1)}` : value;
}
