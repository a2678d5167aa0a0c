import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { CrawlNowDocument, CrawlRunDocument, CrawlsDocument, UnderstoodDocument } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";

const often = 1_000; // while something runs, its progress is asked for every second
const seldom = 30_000;

/** All sources with their last twelve runs. */
export const crawlsQuery = queryOptions({
  queryKey: ["crawls"],
  queryFn: ({ signal }) => ask(CrawlsDocument, {}, signal),
  refetchInterval: ({ state }) => (state.data?.sources.some((source) => source.last?.state === "running") ? often : seldom),
});

/** One run with its phases and problems. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["crawls", "run", id],
    queryFn: ({ signal }) => ask(CrawlRunDocument, { id }, signal),
    refetchInterval: ({ state }) => (state.data?.run?.state === "running" ? often : false),
    enabled: id !== "",
  });

const page = 20;

/** How the statements about a source, or about all, were understood, and those that were not; `why` is one construct, as Cause.key. */
export const understoodQuery = (source: string | undefined, why: string | undefined) => {
  const [outcome, code] = why?.split(".") ?? [];
  return infiniteQueryOptions({
    queryKey: ["crawls", "understood", source, why],
    queryFn: ({ signal, pageParam }) => ask(UnderstoodDocument, { source, outcome, code, first: page, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ understood }) => understood.statements.next ?? undefined,
    placeholderData: keepPreviousData,
  });
};

/** Crawls a source now; the new run is shown. */
export function useCrawl(begun: (run: string) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (source: string) => ask(CrawlNowDocument, { source }),
    onSuccess: ({ crawl }, source) => {
      say(`The crawl of ${source} has begun.`);
      void queryClient.invalidateQueries({ queryKey: ["crawls"] });
      begun(crawl.id);
    },
    onError: (error) => say(`Not begun. ${explain(error).why}`, { urgent: true }),
  });
}
