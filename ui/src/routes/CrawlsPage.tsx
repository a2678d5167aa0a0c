import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ChosenRun } from "~/features/crawls/ChosenRun";
import { Crawls } from "~/features/crawls/Crawls";
import { Misreads } from "~/features/crawls/Misreads";
import { chosenRun } from "~/features/crawls/model";
import { crawlsQuery, runQuery, understoodQuery, useCrawl } from "~/features/crawls/queries";
import { explain } from "~/shared/graphql/errors";
import { useMay } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty, Failed, Loading } from "~/shared/ui/states";

const route = getRouteApi("/crawls");

export function CrawlsPage() {
  const { run: asked } = route.useSearch();
  const navigate = useNavigate({ from: "/crawls" });
  const crawls = useQuery(crawlsQuery);
  const mayCrawl = useMay("manage");
  const choose = (run: string) => void navigate({ search: { run }, resetScroll: false });
  const crawl = useCrawl(choose);
  const sources = crawls.data?.sources ?? [];
  const chosen = chosenRun(sources, asked);
  const run = useQuery(runQuery(chosen ?? ""));
  const onCrawl = mayCrawl ? (source: string) => crawl.mutate(source) : undefined;
  const beginning = crawl.isPending ? crawl.variables : undefined;
  if (!crawls.data) {
    return (
      <Page title="Crawls">
        <PageHead title="Crawls" />
        <Await query={crawls} what="the sources">
          {() => null}
        </Await>
      </Page>
    );
  }
  return (
    <Crawls
      sources={sources}
      chosen={chosen}
      onChoose={choose}
      onCrawl={onCrawl}
      beginning={beginning}
      run={
        chosen && (
          <Await query={run} what="the run">
            {({ run: found }) =>
              found ? (
                <ChosenRun
                  run={found}
                  source={sources.find((source) => source.name === found.source)}
                  onCrawl={onCrawl}
                  busy={beginning === found.source}
                  misreads={<NotUnderstood source={sources.find((source) => source.name === found.source && source.understood)?.name} />}
                />
              ) : (
                <Empty head="This run is no longer kept">Choose a source to see its last run.</Empty>
              )
            }
          </Await>
        )
      }
    />
  );
}

/** What was not understood of a source; for a log that is about several sources, of all. */
function NotUnderstood({ source }: { source?: string }) {
  const { why } = route.useSearch();
  const navigate = useNavigate({ from: "/crawls" });
  const query = useInfiniteQuery(understoodQuery(source, why));
  const pages = query.data?.pages ?? [];
  const report = pages[0]?.understood;
  if (!report) return query.error ? <Failed head="Could not load what was not understood" {...explain(query.error)} onRetry={() => void query.refetch()} /> : <Loading what="what was not understood" />;
  return (
    <Misreads
      report={report}
      statements={pages.flatMap((page) => page.understood.statements.items)}
      why={why}
      onWhy={(next) => void navigate({ search: (before) => ({ ...before, why: next }), resetScroll: false })}
      onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      loadingMore={query.isFetchingNextPage}
    />
  );
}
