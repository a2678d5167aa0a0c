import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { explain } from "~/shared/graphql/errors";
import { Failed, Loading } from "./states";

interface Props<T> {
  query: UseQueryResult<T>;
  /** What is being loaded, in words: "the columns of fct_revenue". */
  what: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Draws what a query brought, or says that it loads, or why it did not come. Old data stays while new data loads. */
export function Await<T>({ query, what, rows, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    const { why, requestId, code } = explain(query.error);
    const head = code === "NOT_FOUND" ? "Not found" : `Could not load ${what}`;
    return <Failed head={head} why={why} requestId={requestId} onRetry={() => void query.refetch()} />;
  }
  return <Loading rows={rows} what={what} />;
}
