import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { Estate } from "./Estate";
import { Lately } from "./Lately";
import { MetricCard } from "./MetricCard";
import { numbers, type HomeData } from "./model";
import "./Home.css";

/** The question and the search: they stand before the rest has come, and stay as it comes. */
export function Question({ search, examples = [] }: { search: ReactNode; examples?: string[] }) {
  return (
    <section className="question">
      <h1 className="title">Which table should I use?</h1>
      {search}
      {examples.length > 0 && (
        <p className="small muted question-examples">
          For example:{" "}
          {examples.map((q) => (
            <Link key={q} to="/search" search={{ q }}>
              {q}
            </Link>
          ))}
        </p>
      )}
    </section>
  );
}

/** What to try, from what is agreed on. */
export function examplesOf(data: HomeData): string[] {
  return numbers(data.metrics)
    .slice(0, 4)
    .map(({ term }) => term.short.toLowerCase());
}

/** What stands under the question: the agreed numbers, what changed, the estate. */
export function Home({ data }: { data: HomeData }) {
  const metrics = numbers(data.metrics);
  return (
    <>
      <Section head="The numbers we agree on" caption={<MetricsCaption many={metrics.length} />}>
        {metrics.length === 0 ? (
          <Empty head="No metric is agreed on yet">A metric is a term with a formula and the tables that answer it. Import it as a line of type term.</Empty>
        ) : (
          <div className="metrics">
            {metrics.slice(0, 3).map((metric) => (
              <MetricCard key={metric.term.id} metric={metric} />
            ))}
          </div>
        )}
      </Section>
      <Lately data={data} />
      <Estate lines={data.zones} />
    </>
  );
}

function MetricsCaption({ many }: { many: number }) {
  return (
    <>
      Metrics with the table and the dashboard that answer them. <Link to="/glossary">{many > 3 ? `All ${many}` : "The glossary"}</Link>
    </>
  );
}
