import type { ReactNode } from "react";
import { count, number } from "~/shared/format/number";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { CoverageList } from "./CoverageList";
import { Figures } from "./Figures";
import { HeldTable } from "./HeldTable";
import { totals, type Overview } from "./model";
import "./Privacy.css";

interface Props {
  overview: Overview;
  seesRequests: boolean;
  onLevel: (level: string) => void;
  /** The findings with the evidence of the chosen one. */
  review: ReactNode;
}

/** Personal data on one page: what is held, how much of it can be seen, and which findings want an answer. */
export function Privacy({ overview, seesRequests, onLevel, review }: Props) {
  const { tagged, suggested } = totals(overview.held);
  return (
    <Page title="Personal data">
      <PageHead title="Personal data" marks={<p className="soft">{tagged + suggested === 0 ? "No personal column is known yet." : `${count(tagged, "column")} tagged, ${number(suggested)} suggested, in ${count(overview.held.length, "class", "classes")}.`}</p>} />
      <Figures overview={overview} seesRequests={seesRequests} />
      <Section head="What is held" caption="Columns by sensitivity.">
        <HeldTable held={overview.held} onLevel={onLevel} />
      </Section>
      <Section head="What we can see" caption="Share of statements understood, tables sampled. Every number on this page is only as good as this.">
        <CoverageList coverage={overview.coverage} />
      </Section>
      <section className="section-plain" aria-labelledby="protect">
        <div className="review-head" id="findings">
          <h2 className="h3" id="protect">
            Which information needs protection?
          </h2>
          <span className="soft">
            <b className="book">{number(overview.toReview)}</b> {overview.toReview === 1 ? "column waits" : "columns wait"} for an answer
          </span>
        </div>
        {review}
      </section>
    </Page>
  );
}
