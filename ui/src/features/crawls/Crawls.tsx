import type { ReactNode } from "react";
import { Banner } from "~/shared/ui/Banner";
import { Button } from "~/shared/ui/Button";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { standing, summary, wanting, type Source } from "./model";
import { SourceTable } from "./SourceTable";
import "./crawls.css";

interface Props {
  sources: Source[];
  chosen?: string;
  onChoose: (run: string) => void;
  onCrawl?: (source: string) => void;
  beginning?: string;
  /** The chosen run. */
  run: ReactNode;
}

/** What was read from where, how well it went, and what needs a person first. */
export function Crawls({ sources, chosen, onChoose, onCrawl, beginning, run }: Props) {
  if (sources.length === 0) {
    return (
      <Page title="Crawls">
        <PageHead title="Crawls" />
        <Empty head="No source is connected">
          Write a recipe and run <code>waymark crawl recipe.yaml</code>; its runs stand here.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Crawls">
      <PageHead title="Crawls" marks={<p className="soft">{summary(sources)}</p>} />
      <Wanting source={wanting(sources)[0]} onChoose={onChoose} onCrawl={onCrawl} />
      <Section head="Runs" caption="Bars: duration of the last twelve.">
        <SourceTable sources={sources} chosen={chosen} onChoose={onChoose} onCrawl={onCrawl} beginning={beginning} />
      </Section>
      {run}
    </Page>
  );
}

function Wanting({ source, onChoose, onCrawl }: { source?: Source; onChoose: (run: string) => void; onCrawl?: (source: string) => void }) {
  if (!source?.last) return null;
  const { id, problems, state } = source.last;
  const problem = problems[0];
  const asks = standing(state) === "needs-you";
  return (
    <Banner
      tone="late"
      head={`${source.name}: ${asks ? "too much has vanished at once. Nothing was marked." : "the last crawl failed. What was known stays."}`}
      actions={
        <>
          <Button small onClick={() => onChoose(id)}>
            See the run
          </Button>
          {onCrawl && (
            <Button small onClick={() => onCrawl(source.name)}>
              Crawl again
            </Button>
          )}
        </>
      }
    >
      {problem ? [problem.text, problem.fix].filter(Boolean).join(". ") : "Its report says no more."}
      {asks && (
        <>
          {" "}
          If it is right, run <code>waymark crawl --approve</code> with its recipe.
        </>
      )}
    </Banner>
  );
}
