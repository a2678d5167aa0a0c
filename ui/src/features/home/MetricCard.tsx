import { AssetLink } from "~/shared/asset/AssetLink";
import { trustValue } from "~/shared/asset/trustValue";
import { language } from "~/shared/format/name";
import { count } from "~/shared/format/number";
import { shortMonth } from "~/shared/format/time";
import { freshState, Fresh } from "~/shared/ui/Fresh";
import { Unknown } from "~/shared/ui/Hatch";
import { Seal } from "~/shared/ui/Seal";
import { Spark } from "~/shared/ui/Spark";
import { Time } from "~/shared/ui/Time";
import { Trust } from "~/shared/ui/Trust";
import { weeks, type Metric } from "./model";

/** An agreed metric: its definition, what to ask and to see, how far it may be trusted. */
export function MetricCard({ metric: { term, table, dashboard } }: { metric: Metric }) {
  return (
    <article className="metric">
      <header className="row">
        <h3 className="h2">
          <AssetLink asset={term} />
        </h3>
        {term.term?.synonyms.slice(0, 1).map((synonym) => (
          <span key={synonym} className="muted" lang={language(synonym)}>
            {synonym}
          </span>
        ))}
      </header>
      <p className="book metric-definition">{term.term?.definition}</p>
      <dl className="facts">
        {table && (
          <>
            <dt>Ask</dt>
            <dd>
              <AssetLink asset={table} className="" />
            </dd>
          </>
        )}
        {dashboard && (
          <>
            <dt>See</dt>
            <dd>
              <AssetLink asset={dashboard} className="" />, {dashboard.platform}
            </dd>
          </>
        )}
      </dl>
      {table ? <Standing table={table} /> : (
        <p>
          <Unknown>no table answers it yet</Unknown>
        </p>
      )}
    </article>
  );
}

function Standing({ table }: { table: NonNullable<Metric["table"]> }) {
  const { certification, usage, freshness } = table;
  const lastWrite = freshness.writes.at(-1);
  const byWeek = weeks(usage.days);
  return (
    <>
      <footer className="row apart">
        <Trust trust={trustValue(table.trust)} />
        {usage.known && byWeek.length > 1 && (
          <span className="metric-use">
            <Spark values={byWeek} sentence={`Queries by people in the last ${byWeek.length} weeks, from ${byWeek[0]} to ${byWeek.at(-1)} a week`} />
            <small>use, {byWeek.length} weeks</small>
          </span>
        )}
      </footer>
      <div className="small muted row wide metric-line">
        {certification?.valid && (
          <Seal>
            {certification.byName}
            {certification.until && `, until ${shortMonth(certification.until)}`}
          </Seal>
        )}
        {usage.known ? <span>{count(usage.people, "person", "people")}</span> : <Unknown>{usage.detail}</Unknown>}
        <Fresh state={freshState(freshness.state)}>{lastWrite ? <Time at={lastWrite} /> : freshness.detail}</Fresh>
      </div>
    </>
  );
}
