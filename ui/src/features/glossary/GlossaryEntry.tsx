import { AssetLink } from "~/shared/asset/AssetLink";
import { trustValue } from "~/shared/asset/trustValue";
import { count } from "~/shared/format/number";
import { language } from "~/shared/format/name";
import { shortMonth } from "~/shared/format/time";
import { Seal } from "~/shared/ui/Seal";
import { Trust } from "~/shared/ui/Trust";
import { answers, type Entry } from "./model";

/** One word of the glossary: what it means, how it is computed, where its answer stands. */
export function GlossaryEntry({ entry }: { entry: Entry }) {
  const { table, dashboard } = answers(entry);
  const { certification, usage } = entry;
  return (
    <article className="glossary-entry">
      <header className="row wide">
        <h3 className="h2">
          <AssetLink asset={entry} />
        </h3>
        {entry.term?.synonyms.map((synonym) => (
          <span key={synonym} className="muted" lang={language(synonym)}>
            {synonym}
          </span>
        ))}
      </header>
      <p className="lead">{entry.term?.definition || <span className="muted">not defined yet</span>}</p>
      {entry.term?.formula && (
        <p>
          <code>{entry.term.formula}</code>
        </p>
      )}
      <dl className="facts">
        {table && (
          <>
            <dt>Ask</dt>
            <dd className="row">
              <AssetLink asset={table} className="" /> <Trust trust={trustValue(table.trust)} small />
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
      <p className="small muted row wide">
        {certification?.valid && (
          <Seal>
            {certification.byName}
            {certification.until && `, until ${shortMonth(certification.until)}`}
          </Seal>
        )}
        {usage.known && usage.people > 0 && <span>{count(usage.people, "person", "people")} in 30 days</span>}
      </p>
    </article>
  );
}
