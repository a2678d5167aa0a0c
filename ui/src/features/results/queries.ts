import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { SearchClickedDocument, SearchDocument } from "~/shared/graphql/generated/operations";
import type { SearchRequest } from "./address";

/** One page of results; the page before stays until the next one is there. */
export const searchQuery = (request: SearchRequest) =>
  queryOptions({
    queryKey: ["search", request],
    queryFn: ({ signal }) => ask(SearchDocument, request, signal),
    placeholderData: keepPreviousData,
  });

/** Tells the search log which result was opened. Nothing waits for it, and nothing is said when it fails: the reader is already elsewhere. */
export function noteOpened(query: string, id: string, rank: number): void {
  ask(SearchClickedDocument, { query, id, rank }).catch(() => undefined);
}
