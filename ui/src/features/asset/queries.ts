import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import {
  AssetChangesDocument,
  AssetColumnsDocument,
  AssetMembersDocument,
  AssetNeighboursDocument,
  AssetPageDocument,
  AssetPromiseDocument,
  AssetQualityDocument,
  AssetQueriesDocument,
  AssetUsageDocument,
  CertifyDocument,
  CloseIncidentDocument,
  DeprecateDocument,
  DescribeDocument,
  FollowAssetDocument,
  OpenIncidentDocument,
  SetSlaDocument,
  UnfollowAssetDocument,
  type CloseIncidentMutationVariables,
  type OpenIncidentMutationVariables,
} from "~/shared/graphql/generated/operations";
import type { Operation } from "~/shared/graphql/operation";
import { say } from "~/shared/ui/toasts";

/** The head of an asset's page; each tab asks for its own part, so that the page does not wait for a tab. */
export const assetQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "head"], queryFn: ({ signal }) => ask(AssetPageDocument, { id }, signal) });
export const columnsQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "columns"], queryFn: ({ signal }) => ask(AssetColumnsDocument, { id }, signal) });
export const neighboursQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "neighbours"], queryFn: ({ signal }) => ask(AssetNeighboursDocument, { id }, signal) });
export const statementsQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "statements"], queryFn: ({ signal }) => ask(AssetQueriesDocument, { id }, signal) });
export const usageQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "usage"], queryFn: ({ signal }) => ask(AssetUsageDocument, { id }, signal) });
export const qualityQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "quality"], queryFn: ({ signal }) => ask(AssetQualityDocument, { id }, signal) });
/** Asked anew each time, as a form begins with it. */
export const promiseQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "promise"], queryFn: ({ signal }) => ask(AssetPromiseDocument, { id }, signal), gcTime: 0 });
export const changesQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "changes"], queryFn: ({ signal }) => ask(AssetChangesDocument, { id }, signal) });
export const membersQuery = (id: string) => queryOptions({ queryKey: ["asset", id, "members"], queryFn: ({ signal }) => ask(AssetMembersDocument, { id }, signal) });

/** An edit that is done at once: what it says, and what undoes it. */
interface Edit<Variables> {
  variables: Variables;
  said: string;
  undo?: Variables;
}

function useEdit<Answer, Variables>(operation: Operation<Answer, Variables>) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ variables }: Edit<Variables>) => ask(operation, variables),
    onSuccess: (_, { said, undo }) => {
      say(said, { undo: undo && (() => mutation.mutate({ variables: undo, said: "Undone." })) });
      for (const key of ["asset", "search", "home", "glossary"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => say(`Not saved. ${explain(error).why}`, { urgent: true }),
  });
  return mutation;
}

export const useDescribe = () => useEdit(DescribeDocument);
export const useCertify = () => useEdit(CertifyDocument);
export const useDeprecate = () => useEdit(DeprecateDocument);
export const useSetSla = () => useEdit(SetSlaDocument);

/** Saying that something is wrong with an asset, and that it is over. */
export function useIncidents() {
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: Error) => say(`Not saved. ${explain(error).why}`, { urgent: true }),
    onSettled: () => {
      for (const key of ["asset", "search", "home", "feed"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  };
  const close = useMutation({ mutationFn: (wish: CloseIncidentMutationVariables) => ask(CloseIncidentDocument, wish), onSuccess: () => say("The incident is closed."), ...settled });
  const open = useMutation({
    mutationFn: (wish: OpenIncidentMutationVariables) => ask(OpenIncidentDocument, wish),
    onSuccess: ({ openIncident: { id } }) => say("The incident is open.", { undo: () => close.mutate({ id, note: "Opened by mistake." }) }),
    ...settled,
  });
  return { open, close };
}

/** Being told of what happens to an asset, by e-mail. The page of changes lists every subscription and ends it. */
export function useFollow(name: string) {
  const queryClient = useQueryClient();
  const settled = { onError: (error: Error) => say(`Not saved. ${explain(error).why}`, { urgent: true }), onSettled: () => void queryClient.invalidateQueries({ queryKey: ["asset"] }) };
  const unfollow = useMutation({ mutationFn: (id: string) => ask(UnfollowAssetDocument, { id }), onSuccess: () => say(`You no longer follow ${name}.`), ...settled });
  return useMutation({
    mutationFn: (id: string) => ask(FollowAssetDocument, { id, kinds: ["breaking", "deprecated", "incident", "check"] }),
    onSuccess: ({ subscribe: { id } }) => say(`You follow ${name}: what breaks comes to you by e-mail.`, { undo: () => unfollow.mutate(id) }),
    ...settled,
  });
}
