import { list } from "~/shared/format/address";
import type { FilterInput } from "~/shared/graphql/generated/operations";

/** The address of a results page. Lists are parted by commas; a leading "-" excludes. */
export interface ResultsAddress {
  q?: string;
  zone?: string;
  kind?: string;
  system?: string;
  trust?: string;
  pd?: string;
  written?: string;
  owner?: string;
  domain?: string;
  tag?: string;
  term?: string;
  /** How many pages of hits are shown, one when absent. */
  page?: string;
  /** The chosen hit, whose place is explained. */
  hit?: string;
}

/** The parameters that narrow, and the facet of the server that each stands for. */
export const facetFields = { zone: "zone", kind: "kind", system: "platform", trust: "trust", pd: "personal", written: "written", owner: "owner", domain: "domain", tag: "tag", term: "term" } as const;

/** One of the parameters that narrow. */
export type FacetKey = keyof typeof facetFields;

export const facetKeys = Object.keys(facetFields).filter((key): key is FacetKey => key in facetFields);

/** The parameter of the address that stands for a facet of the server. */
export function keyOf(field: string): FacetKey | undefined {
  return facetKeys.find((key) => facetFields[key] === field);
}

/** What the server is asked. */
export interface SearchRequest {
  query: string;
  filters: FilterInput[];
  first: number;
}

export const pageSize = 20;
/** The server gives no more than this at once; beyond it one has to narrow. */
export const atMost = 100;

/** The question that an address stands for. */
export function request(address: ResultsAddress): SearchRequest {
  const filters = facetKeys.flatMap((key) => {
    const values = list(address[key]);
    return values.length > 0 ? [{ field: facetFields[key], values }] : [];
  });
  const pages = Math.max(1, Number(address.page) || 1);
  return { query: address.q ?? "", filters, first: Math.min(atMost, pages * pageSize) };
}
