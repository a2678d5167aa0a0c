import { list } from "~/shared/format/address";
import type { FilterInput, SearchSort } from "~/shared/graphql/generated/operations";
import { facetFields, facetKeys, sortOf } from "~/shared/search/facets";

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
  /** The order: trust, used, updated or name; by relevance when absent. */
  sort?: string;
  /** How many pages of hits are shown, one when absent. */
  page?: string;
  /** The chosen hit, whose place is explained. */
  hit?: string;
}

/** What the server is asked. */
export interface SearchRequest {
  query: string;
  filters: FilterInput[];
  first: number;
  sort: SearchSort;
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
  return { query: address.q ?? "", filters, first: Math.min(atMost, pages * pageSize), sort: sortOf(address.sort) };
}
