import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { FeedDocument, SubscribeDocument, SubscriptionsDocument, UnsubscribeDocument, type FeedQueryVariables, type SubscribeMutationVariables } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";

/** What changed, newest first, page by page. */
export const feedQuery = (asked: FeedQueryVariables) =>
  infiniteQueryOptions({
    queryKey: ["feed", asked],
    queryFn: ({ signal, pageParam }) => ask(FeedDocument, { ...asked, before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ feed }) => feed.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** What the reader subscribed to. */
export const subscriptionsQuery = queryOptions({ queryKey: ["subscriptions"], queryFn: ({ signal }) => ask(SubscriptionsDocument, {}, signal) });

/** Subscribing and ending a subscription. */
export function useSubscriptions() {
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: Error) => say(`Not saved. ${explain(error).why}`, { urgent: true }),
    onSettled: () => {
      for (const key of ["subscriptions", "feed", "asset"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  };
  const subscribe = useMutation({
    mutationFn: (wish: SubscribeMutationVariables) => ask(SubscribeDocument, wish),
    onSuccess: ({ subscribe: { id } }) => say("Subscribed.", { undo: () => unsubscribe.mutate(id) }),
    ...settled,
  });
  const unsubscribe = useMutation({ mutationFn: (id: string) => ask(UnsubscribeDocument, { id }), onSuccess: () => say("The subscription has ended."), ...settled });
  return { subscribe, unsubscribe };
}
