import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ChosenRun } from "~/features/crawls/ChosenRun";
import { Crawls } from "~/features/crawls/Crawls";
import { chosenRun } from "~/features/crawls/model";
import { crawlsQuery, runQuery, useCrawl } from "~/features/crawls/queries";
import { useMay } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty } from "~/shared/ui/states";

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
                <ChosenRun run={found} source={sources.find((source) => source.name === found.source)} onCrawl={onCrawl} busy={beginning === found.source} />
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
