import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { KeptSearchesDocument, SuggestDocument } from "~/shared/graphql/generated/operations";

/** Completions of what is being typed; those before stay until the new ones are there. */
export const suggestQuery = (prefix: string) =>
  queryOptions({
    queryKey: ["suggest", prefix],
    queryFn: ({ signal }) => ask(SuggestDocument, { prefix }, signal),
    enabled: prefix.trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** The reader's own searches: those kept under a name and those made lately. */
export const keptQuery = queryOptions({ queryKey: ["saved", "field"], queryFn: ({ signal }) => ask(KeptSearchesDocument, {}, signal), staleTime: 20_000 });
