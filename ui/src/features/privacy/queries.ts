import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { PrivacyDocument, ReviewPageDocument, type ReviewPageQueryVariables } from "~/shared/graphql/generated/operations";

/** What is known about personal data, on one page. */
export const privacyQuery = queryOptions({ queryKey: ["privacy"], queryFn: ({ signal }) => ask(PrivacyDocument, {}, signal) });

/** Findings by state and level, fifty at a time. */
export const reviewQuery = (asked: Omit<ReviewPageQueryVariables, "after">) =>
  infiniteQueryOptions({
    queryKey: ["findings", "review", asked],
    queryFn: ({ signal, pageParam }) => ask(ReviewPageDocument, { ...asked, after: pageParam || null }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.findings.next,
  });
