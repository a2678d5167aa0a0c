import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { ChangeImpactDocument, LineageStartDocument, StepEvidenceDocument, TraceDocument, TracedColumnsDocument, type TraceQueryVariables } from "~/shared/graphql/generated/operations";

/** The graph around an asset or one of its columns; the one before stays until the new one is there. */
export const traceQuery = (question: TraceQueryVariables) =>
  queryOptions({ queryKey: ["lineage", "trace", question], queryFn: ({ signal }) => trace(question, signal), placeholderData: keepPreviousData });

/** An answer keeps the column it was asked for, as it may still stand there when another is asked. */
async function trace(question: TraceQueryVariables, signal: AbortSignal) {
  const { lineage } = await ask(TraceDocument, question, signal);
  return { answer: lineage, column: question.column ?? undefined };
}

/** The columns that can be traced. */
export const tracedColumnsQuery = (id: string) => queryOptions({ queryKey: ["lineage", "columns", id], queryFn: ({ signal }) => ask(TracedColumnsDocument, { id }, signal), staleTime: 60_000 });

/** The statements behind the steps into an asset, cut to one of them. */
export const evidenceQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["lineage", "evidence", to],
    queryFn: ({ signal }) => ask(StepEvidenceDocument, { to }, signal),
    select: (data) => data.lineage.edges.find((edge) => edge.from === from && edge.to === to) ?? null,
    staleTime: 60_000,
  });

/** Everything that a change of an asset, or of one of its columns, would touch. */
export const impactQuery = (id: string, column?: string) =>
  queryOptions({ queryKey: ["lineage", "impact", id, column], queryFn: ({ signal }) => ask(ChangeImpactDocument, { id, column }, signal), staleTime: 60_000 });

/** What to trace when nothing was chosen: the assets that people use most. */
export const startQuery = queryOptions({ queryKey: ["lineage", "start"], queryFn: ({ signal }) => ask(LineageStartDocument, {}, signal) });
