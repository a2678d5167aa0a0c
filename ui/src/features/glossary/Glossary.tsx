import { useId } from "react";
import { count } from "~/shared/format/number";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { GlossaryEntry } from "./GlossaryEntry";
import { filtered, isMetric, type Entry } from "./model";
import "./Glossary.css";

/** The words the company has agreed on: metrics first, each with what answers it, then the other terms. */
export function Glossary({ entries, filter, onFilter }: { entries: Entry[]; filter: string; onFilter: (filter: string) => void }) {
  const id = useId();
  const shown = filtered(entries, filter);
  const metrics = shown.filter(isMetric);
  const terms = shown.filter((entry) => !isMetric(entry));
  return (
    <Page title="Glossary">
      <PageHead title="Glossary" marks={<p className="soft">{count(entries.length, "word")} that mean one thing here.</p>} />
      <div className="glossary-filter" data-search>
        <label className="vh" htmlFor={id}>
          Filter the glossary
        </label>
        <input id={id} className="input" value={filter} placeholder="Filter by a word, a synonym, a definition" onChange={(event) => onFilter(event.target.value)} />
      </div>
      {entries.length === 0 && <Empty head="Nothing is agreed on yet">A term is a name, its definition and the assets that answer it. Import them as lines of type term.</Empty>}
      {entries.length > 0 && shown.length === 0 && <Empty head={`No word matches “${filter}”`}>All {count(entries.length, "entry", "entries")} stay here; clear the filter to see them.</Empty>}
      {metrics.length > 0 && (
        <Section head="Metrics" caption="Numbers with a formula and the assets that answer them.">
          <div className="glossary-list">
            {metrics.map((entry) => (
              <GlossaryEntry key={entry.id} entry={entry} />
            ))}
          </div>
        </Section>
      )}
      {terms.length > 0 && (
        <Section head="Terms" caption="Words and what they mean here.">
          <div className="glossary-list">
            {terms.map((entry) => (
              <GlossaryEntry key={entry.id} entry={entry} />
            ))}
          </div>
        </Section>
      )}
    </Page>
  );
}
