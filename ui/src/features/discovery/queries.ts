import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { DiscoverUnusedDocument, DiscoverUseDocument, MorningDocument } from "~/shared/graphql/generated/operations";
import { linesAsked, type DiscoverAddress } from "./model";

/** What is used most, and what is used more than before. */
export const usedQuery = ({ zone, page }: DiscoverAddress) => {
  const asked = { zone, first: linesAsked({ page }) };
  return queryOptions({ queryKey: ["discovery", "use", asked], queryFn: ({ signal }) => ask(DiscoverUseDocument, asked, signal), placeholderData: keepPreviousData, staleTime: 60_000 });
};

/** What nobody is known to read, with the proof. */
export const unusedQuery = ({ state, zone, page }: DiscoverAddress) => {
  const asked = { state: state ?? "unused", zone, first: linesAsked({ page }) };
  return queryOptions({ queryKey: ["discovery", "unused", asked], queryFn: ({ signal }) => ask(DiscoverUnusedDocument, asked, signal), placeholderData: keepPreviousData, staleTime: 60_000 });
};

/** What was dear on a day; of yesterday when none is named. */
export const morningQuery = ({ day }: DiscoverAddress) => {
  const asked = { day: day ? `${day}T00:00:00Z` : undefined };
  return queryOptions({ queryKey: ["discovery", "morning", asked], queryFn: ({ signal }) => ask(MorningDocument, asked, signal), placeholderData: keepPreviousData, staleTime: 60_000 });
};
