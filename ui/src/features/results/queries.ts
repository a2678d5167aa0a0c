import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { SearchDocument } from "~/shared/graphql/generated/operations";
import type { SearchRequest } from "./address";

/** One page of results; the page before stays until the next one is there. */
export const searchQuery = (request: SearchRequest) =>
  queryOptions({
    queryKey: ["search", request],
    queryFn: ({ signal }) => ask(SearchDocument, request, signal),
    placeholderData: keepPreviousData,
  });
