import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { FindingFactsFragment } from "~/shared/graphql/generated/operations";
import { saidName } from "~/shared/asset/naming";
import { count, number, percent } from "~/shared/format/number";
import { MarkChip } from "~/shared/review/MarkChip";
import { ReviewDialog } from "~/shared/review/ReviewDialog";
import { Button } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Check } from "~/shared/ui/Field";
import { Unknown } from "~/shared/ui/Hatch";
import { Meter } from "~/shared/ui/Meter";
import { Name } from "~/shared/ui/Name";
import { Tag } from "~/shared/ui/Seal";
import { Empty } from "~/shared/ui/states";
import { filteredColumns, mostPeople, type Asset, type AssetColumn } from "./model";
import "./tabs.css";

interface Props {
  asset: Asset;
  columns: AssetColumn[];
  findings: FindingFactsFragment[];
  chosen?: string;
  onChoose: (column: string) => void;
  mayDecide: boolean;
}

/** All columns: name, type, meaning, personal data, people. A suggested class can be answered here. */
export function ColumnsTab({ asset, columns, findings, chosen, onChoose, mayDecide }: Props) {
  const [filter, setFilter] = useState("");
  const [onlyPersonal, setOnlyPersonal] = useState(false);
  const [asked, ask] = useState<string | null>(null);
  const rows = filteredColumns(columns, filter, onlyPersonal);
  const finding = findings.find((each) => each.column === asked);
  const most = mostPeople(columns);
  const look = useMemo(() => looks(most, asset.usage.known, ask), [most, asset.usage.known]);
  if (columns.length === 0) return <Empty head="No columns are known">{asset.stub ? "Connect the source that it lives in; a crawl reads them." : "Its source told none."}</Empty>;
  return (
    <>
      <div className="row apart tab-bar">
        <div className="row wide">
          <input className="input tab-filter" aria-label="Filter columns" value={filter} placeholder={`Filter ${count(columns.length, "column")}`} onChange={(event) => setFilter(event.target.value)} />
          <Check checked={onlyPersonal} onChange={setOnlyPersonal}>
            only personal data
          </Check>
        </div>
        <span className="small muted">People: who selected or filtered by it in 30 days</span>
      </div>
      <DataTable
        label={`Columns of ${saidName(asset)}`}
        className="columns-table"
        columns={look}
        rows={rows}
        rowKey={(column) => column.name}
        chosen={chosen}
        onChoose={(column) => onChoose(column.name)}
        foot={<Foot shown={rows.length} columns={columns} known={asset.usage.known} />}
      />
      {finding && <ReviewDialog dataset={asset.id} name={saidName(asset)} finding={finding} onClose={() => ask(null)} mayDecide={mayDecide} />}
    </>
  );
}

function looks(most: number, usageKnown: boolean, ask: (column: string) => void): Column<AssetColumn>[] {
  return [
    { id: "name", head: "Column", cell: (column) => <ColumnName column={column} />, sortBy: (column) => column.name },
    { id: "type", head: "Type", label: "Type", className: "type-cell", cell: ({ type }) => <code className="muted">{type}</code> },
    { id: "meaning", head: "Meaning", className: "meaning", cell: ({ description }) => description || <span className="muted">not described</span> },
    { id: "personal", head: "Personal data", className: "personal-cell", cell: (column) => <Personal column={column} ask={ask} /> },
    { id: "people", head: "People, 30 d", label: "People, 30 days", className: "people-cell", cell: ({ people }) => <People people={people} most={most} known={usageKnown} />, sortBy: ({ people }) => people ?? -1 },
  ];
}

function ColumnName({ column: { name, primaryKey, references } }: { column: AssetColumn }) {
  return (
    <>
      <Name name={name} path="" /> {primaryKey && <Tag>key</Tag>}{" "}
      {references && (
        <Link to="/asset/$urn" params={{ urn: references.dataset }} search={{ col: references.column }} className="tag plain-tag">
          → {references.name.split(".").at(-1)}
        </Link>
      )}
    </>
  );
}

function Personal({ column: { name, personal }, ask }: { column: AssetColumn; ask: (column: string) => void }) {
  if (!personal || personal.state === "rejected") return null;
  return (
    <span className="row tight">
      <MarkChip mark={personal} />
      <Button
        small
        look={personal.state === "suggested" ? "ordinary" : "plain"}
        aria-label={`${personal.state === "suggested" ? "Answer for" : "Why is"} ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          ask(name);
        }}
      >
        {personal.state === "suggested" ? "Answer" : "Why"}
      </Button>
      {personal.origin === "propagated" && <span className="small muted">by lineage</span>}
      {personal.state === "suggested" && <span className="small muted">{percent(personal.score, 0)} sure</span>}
    </span>
  );
}

function People({ people, most, known }: { people: number | null; most: number; known: boolean }) {
  if (!known || people === null) return <Unknown>unknown</Unknown>;
  return (
    <span className="people-bar">
      <Meter value={people / most} />
      <span>{number(people)}</span>
    </span>
  );
}

function Foot({ shown, columns, known }: { shown: number; columns: AssetColumn[]; known: boolean }) {
  const unread = columns.filter((column) => column.people === 0).length;
  return (
    <>
      <span>
        {number(shown)} of {count(columns.length, "column")}
      </span>
      {known && unread > 0 && <span>{count(unread, "column")} read by nobody in 30 days</span>}
    </>
  );
}
