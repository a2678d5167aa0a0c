import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { saidName } from "~/shared/asset/naming";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { AddSynonymDocument, SearchReportDocument } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";
import type { Proposal } from "./model";

/** What the search log says of the last thirty days. */
export const reportQuery = queryOptions({ queryKey: ["searchlog"], queryFn: ({ signal }) => ask(SearchReportDocument, {}, signal), staleTime: 60_000 });

/** Adds a proposed synonym to its term. */
export function useAddSynonym() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ asset, word }: Proposal) => ask(AddSynonymDocument, { id: asset.id, word }),
    onSuccess: (_, { asset, word }) => {
      say(`“${word}” now also means ${saidName(asset)}.`);
      for (const key of ["glossary", "search", "home", "asset"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => say(`Not added. ${explain(error).why}`, { urgent: true }),
  });
}
