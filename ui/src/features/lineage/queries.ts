import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import {
  ChangeImpactDocument,
  LineageChangesDocument,
  LineageStartDocument,
  RefuteLineageDocument,
  StepEvidenceDocument,
  TraceDocument,
  TracedColumnsDocument,
  WayBetweenDocument,
  WithdrawRefutationDocument,
  type TraceQueryVariables,
  type WithdrawRefutationMutation,
  type WayBetweenQueryVariables,
} from "~/shared/graphql/generated/operations";
import { meQuery } from "~/shared/me/queries";
import { say } from "~/shared/ui/toasts";
import { question, wayAsked, type LineageAddress } from "./address";
import { withWord, type Answer, type GraphEdge } from "./model";

/** What an address shows: the graph around an asset or one of its columns, or a way to another; the one before stays until the new one is there. */
export const graphQuery = (id: string, address: LineageAddress) => {
  const asked = address.to ? { way: wayAsked(id, address.to, address) } : { around: question(id, address) };
  return queryOptions({
    queryKey: ["lineage", "graph", asked],
    queryFn: ({ signal }) => (asked.way ? way(asked.way, signal) : trace(asked.around, signal)),
    placeholderData: keepPreviousData,
  });
};

/** An answer keeps the column it was asked for, as it may still stand there when another is asked. */
async function trace(question: TraceQueryVariables, signal: AbortSignal) {
  const { lineage } = await ask(TraceDocument, question, signal);
  return { answer: lineage, column: question.column ?? undefined };
}

/** A shortest way from one asset to another has the form of a graph. */
async function way(question: WayBetweenQueryVariables, signal: AbortSignal) {
  const { lineagePath } = await ask(WayBetweenDocument, question, signal);
  return { answer: lineagePath, column: question.column ?? undefined };
}

/** How the lineage of an asset differs between two moments. */
export const changesQuery = (id: string, between: { from: string; to?: string }) =>
  queryOptions({ queryKey: ["lineage", "changes", id, between], queryFn: ({ signal }) => ask(LineageChangesDocument, { id, ...between }, signal), staleTime: 60_000 });

interface Drawn {
  answer: Answer;
  column?: string;
}

/**
 * A person's word that a step is wrong, and taking it back. The graph on the server follows within a second;
 * what is on the page follows at once.
 */
export function useRefute(from: string, to: string) {
  const queryClient = useQueryClient();
  const show = (refuted: GraphEdge["refuted"]) => {
    queryClient.setQueriesData<Drawn>({ queryKey: ["lineage", "graph"] }, (drawn) => drawn && { ...drawn, answer: withWord(drawn.answer, from, to, refuted) });
    for (const key of ["evidence", "impact", "changes"]) void queryClient.invalidateQueries({ queryKey: ["lineage", key], refetchType: "none" });
  };
  const onError = (error: Error) => say(`Not saved. ${explain(error).why}`, { urgent: true });
  const refute = useMutation({
    mutationFn: (reason: string) => ask(RefuteLineageDocument, { from, to, reason }),
    onSuccess: (_, reason) => {
      show({ by: queryClient.getQueryData(meQuery.queryKey)?.me.display ?? "you", reason, at: new Date().toISOString() });
      say("The step is refuted. It is left out of lineage and impact.", { undo: () => withdraw.mutate() });
    },
    onError,
  });
  const withdraw = useMutation({
    mutationFn: (): Promise<WithdrawRefutationMutation> => ask(WithdrawRefutationDocument, { from, to }),
    onSuccess: () => {
      show(null);
      say("The step stands again.");
    },
    onError,
  });
  return { refute, withdraw };
}

/** The columns that can be traced. */
export const tracedColumnsQuery = (id: string) => queryOptions({ queryKey: ["lineage", "columns", id], queryFn: ({ signal }) => ask(TracedColumnsDocument, { id }, signal), staleTime: 60_000 });

/** The statements behind the steps into an asset, cut to one of them. */
export const evidenceQuery = (from: string, to: string, asOf?: string) =>
  queryOptions({
    queryKey: ["lineage", "evidence", to, asOf],
    queryFn: ({ signal }) => ask(StepEvidenceDocument, { to, asOf }, signal),
    select: (data) => data.lineage.edges.find((edge) => edge.from === from && edge.to === to) ?? null,
    staleTime: 60_000,
  });

/** Everything that a change of an asset, or of one of its columns, would touch. */
export const impactQuery = (id: string, column?: string) =>
  queryOptions({ queryKey: ["lineage", "impact", id, column], queryFn: ({ signal }) => ask(ChangeImpactDocument, { id, column }, signal), staleTime: 60_000 });

/** What to trace when nothing was chosen: the assets that people use most. */
export const startQuery = queryOptions({ queryKey: ["lineage", "start"], queryFn: ({ signal }) => ask(LineageStartDocument, {}, signal) });
