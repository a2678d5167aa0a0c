import { Link } from "@tanstack/react-router";
import type { LineageStartQuery } from "~/shared/graphql/generated/operations";
import { count } from "~/shared/format/number";
import { Combobox, type OptionGroup } from "~/shared/ui/Combobox";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Icon } from "~/shared/ui/Icon";
import { Kind, kindIcon } from "~/shared/ui/Kind";
import { Name } from "~/shared/ui/Name";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { kindOf, pathOf, saidName, type Named } from "~/shared/asset/naming";
import "./Lineage.css";

type Used = LineageStartQuery["home"]["mostUsed"][number];

/** Something that can be traced, found by what is typed. */
export interface Traceable extends Named {
  id: string;
}

interface Props {
  text: string;
  onText: (text: string) => void;
  found: Traceable[];
  used: Used[];
  onOpen: (urn: string) => void;
}

/** Nothing is chosen yet: what to trace, by name or among what people use most. */
export function LineageStart({ text, onText, found, used, onOpen }: Props) {
  const groups: OptionGroup[] = [{ head: "Trace", options: found.map((asset) => ({ id: asset.id, content: <Option asset={asset} />, pick: () => onOpen(asset.id) })) }];
  return (
    <Page title="Lineage">
      <PageHead title="Lineage" marks={<p className="soft">Where a number comes from, column by column, and what breaks when it changes.</p>} />
      <div className="lineage-start">
        <Combobox label="What to trace" value={text} onChange={onText} groups={groups} onSubmit={() => found[0] && onOpen(found[0].id)} placeholder="Name of a table, a view, a dashboard" big autoFocus />
        {text.trim().length > 1 && found.length === 0 && <p className="small muted">No table or dashboard begins with “{text.trim()}”.</p>}
      </div>
      <Section head="Most used" caption="By people, in 30 days.">
        {used.length === 0 ? <Empty head="No query log has been read">Connect one, and what people use most stands here.</Empty> : <DataTable label="Most used assets" columns={columns} rows={used} rowKey={(asset) => asset.id} />}
      </Section>
    </Page>
  );
}

function Option({ asset }: { asset: Traceable }) {
  return (
    <>
      <Icon name={kindIcon(kindOf(asset))} />
      <span>
        <Name name={asset.short} path={pathOf(asset)} />
      </span>
    </>
  );
}

const columns: Column<Used>[] = [
  {
    id: "name",
    head: "Name",
    cell: (asset) => (
      <Link to="/lineage/$urn" params={{ urn: asset.id }} className="bare" aria-label={`Lineage of ${saidName(asset)}`}>
        <Name name={asset.short} path={pathOf(asset)} />
      </Link>
    ),
  },
  { id: "kind", head: "Kind", label: "Kind", cell: (asset) => <Kind kind={kindOf(asset)} /> },
  { id: "people", head: "People", label: "People", number: true, cell: ({ usage }) => usage.known && count(usage.people, "person", "people") },
];
