import type { SearchSort } from "~/shared/graphql/generated/operations";

/** The parameters of the address that narrow a search, and the facet of the server that each stands for. */
export const facetFields = { zone: "zone", kind: "kind", system: "platform", trust: "trust", pd: "personal", written: "written", owner: "owner", domain: "domain", tag: "tag", term: "term" } as const;

/** One of the parameters that narrow. */
export type FacetKey = keyof typeof facetFields;

export const facetKeys = Object.keys(facetFields).filter((key): key is FacetKey => key in facetFields);

/** The parameter of the address that stands for a facet of the server. */
export function keyOf(field: string): FacetKey | undefined {
  return facetKeys.find((key) => facetFields[key] === field);
}

/** The orders of an answer as the address has them; relevance is what is meant when nothing is said. */
export const sorts = { relevance: "RELEVANCE", trust: "TRUST", used: "USED", updated: "UPDATED", name: "NAME" } as const satisfies Record<string, SearchSort>;

/** The order that a word of the address stands for. */
export function sortOf(word: string | undefined): SearchSort {
  return Object.entries(sorts).find(([each]) => each === word)?.[1] ?? sorts.relevance;
}

/** The part of a results page's address that a search stands for. */
export type SearchAddress = { q?: string; sort?: string } & Partial<Record<FacetKey, string>>;

/** Where a search that was kept, or made lately, is made again. */
export function addressOf({ query, filters, sort }: { query: string; filters: { field: string; values: string[] }[]; sort?: SearchSort }): SearchAddress {
  const address: SearchAddress = { q: query || undefined };
  for (const { field, values } of filters) {
    const key = keyOf(field);
    if (key) address[key] = values.join(",");
  }
  const word = Object.entries(sorts).find(([, each]) => each === sort)?.[0];
  if (word && word !== "relevance") address.sort = word;
  return address;
}
