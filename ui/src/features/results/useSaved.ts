import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { RemoveSavedSearchDocument, SavedSearchesDocument, SaveSearchDocument, type SaveSearchMutationVariables } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";
import type { SearchRequest } from "./address";
import { sameSearch } from "./model";

/** Under which name a search is kept, and how to keep or forget it; both can be undone. */
export function useSaved({ query, filters, sort }: SearchRequest) {
  const queryClient = useQueryClient();
  const { data } = useQuery({ queryKey: ["saved", "all"], queryFn: ({ signal }) => ask(SavedSearchesDocument, {}, signal), staleTime: 60_000 });
  const mine = data?.savedSearches.find((each) => sameSearch(each, { query, filters, sort }));
  const settled = { onError: (error: Error) => say(`Not saved. ${explain(error).why}`, { urgent: true }), onSettled: () => void queryClient.invalidateQueries({ queryKey: ["saved"] }) };
  const save = useMutation({
    mutationFn: (search: SaveSearchMutationVariables) => ask(SaveSearchDocument, search),
    onSuccess: (_, { name }) => say(`Saved as “${name}”.`, { undo: () => forget.mutate({ name }) }),
    ...settled,
  });
  const forget = useMutation({
    mutationFn: ({ name }: { name: string }) => ask(RemoveSavedSearchDocument, { name }),
    onSuccess: (_, { name }) => say(`“${name}” is forgotten.`, { undo: () => save.mutate({ name, query, filters, sort }) }),
    ...settled,
  });
  return { kept: mine?.name, save: (name: string, done: () => void) => save.mutate({ name, query, filters, sort }, { onSuccess: done }), forget: (name: string) => forget.mutate({ name }), busy: save.isPending || forget.isPending };
}
