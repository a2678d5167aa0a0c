import { useMemo, type ReactNode } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { number } from "~/shared/format/number";
import { clock } from "~/shared/format/time";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Icon } from "~/shared/ui/Icon";
import { Name } from "~/shared/ui/Name";
import { Tag } from "~/shared/ui/Seal";
import { Time } from "~/shared/ui/Time";
import { actionWord, reachedWords, remark, tally, type PlanRow } from "./model";

/** What the plan does and what became of it, collection by collection, under the sums. Who may change the plan does so in its row. */
export function PlanTable({ rows, open, onChange }: { rows: PlanRow[]; open: string[]; onChange?: (row: PlanRow) => void }) {
  const shown = useMemo(() => (onChange ? [...columns, change(onChange)] : columns), [onChange]);
  return (
    <div>
      <TallyLine rows={rows} />
      <DataTable label="Plan and outcome" className="plan-table" columns={shown} rows={rows} rowKey={(row) => row.key} rowTone={(row) => (row.fate === "failed" ? "bad" : undefined)} />
      {open.length > 0 && (
        <ul className="plan-open small soft">
          {open.map((each) => (
            <li key={each}>Keeps it open: {each}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function TallyLine({ rows }: { rows: PlanRow[] }) {
  const { erased, copied, retained, todo, failed, unreachable, collections, open } = tally(rows);
  return (
    <p className="tally" role="status">
      {erased > 0 && <Sum value={erased} word="erased" tone="good" />}
      {copied > 0 && <Sum value={copied} word="copied" tone="good" />}
      {retained > 0 && <Sum value={retained} word="retained" tone="late" />}
      {todo > 0 && <Sum value={todo} word="to do" />}
      {failed > 0 && <Sum value={failed} word="failed" tone="bad" />}
      {unreachable > 0 && (
        <span className="muted">
          <b className="book">?</b> in {number(unreachable)} unreachable
        </span>
      )}
      <span className="push small muted">{collections === 0 ? "no collection holds this person" : open === 0 ? `all ${number(collections)} collections are answered` : `${number(open)} of ${number(collections)} collections still keep it open`}</span>
    </p>
  );
}

function Sum({ value, word, tone = "" }: { value: number; word: string; tone?: string }) {
  return (
    <span className={tone}>
      <b className="book">{number(value)}</b> {word}
    </span>
  );
}

const columns: Column<PlanRow>[] = [
  {
    id: "name",
    head: "Collection",
    cell: (row) => (
      <span className="plan-name">
        <span className="plan-order muted">{row.order}</span>
        <span>
          {row.step?.asset ? <AssetLink asset={row.step.asset} /> : <Name name={row.name} />}
          <span className="sub">{row.columns.join(", ")}</span>
        </span>
      </span>
    ),
  },
  { id: "reached", head: "Reached by", label: "Reached by", className: "plan-reached", cell: (row) => row.reached.length > 0 && <span title={row.reached.join(" → ")}>{reachedWords(row.reached)}</span> },
  { id: "action", head: "Action", label: "Action", cell: (row) => row.action && <Action action={row.action} /> },
  { id: "rows", head: "Rows", label: "Rows", number: true, cell: (row) => (row.rows === null ? <Unknown>?</Unknown> : number(row.rows)) },
  { id: "ground", head: "Ground", label: "Ground", className: "plan-ground", cell: (row) => row.ground || null },
  { id: "outcome", head: "Outcome", label: "Outcome", className: "plan-outcome", cell: (row) => <Fate row={row} /> },
];

const change = (onChange: (row: PlanRow) => void): Column<PlanRow> => ({
  id: "change",
  head: <span className="vh">Change</span>,
  cell: (row) =>
    row.step && ["planned", "failed"].includes(row.fate) ? (
      <button type="button" className="link" aria-label={`Change what happens in ${row.name}`} onClick={() => onChange(row)}>
        Change
      </button>
    ) : null,
});

function Action({ action }: { action: string }) {
  if (action === "retain") {
    return (
      <Tag tone="late">
        <Icon name="lock" className="tag-icon" />
        retain
      </Tag>
    );
  }
  return <Tag tone={action === "delete" ? "solid" : "plain"}>{actionWord(action)}</Tag>;
}

function Fate({ row }: { row: PlanRow }) {
  const { fate, outcome, rows } = row;
  const reason = remark(row);
  const many = number(outcome?.rows ?? rows ?? 0);
  const at = outcome?.at ? <Time at={outcome.at} say={clock} /> : null;
  switch (fate) {
    case "erased":
      return <Told icon="check" tone="good" word={`erased ${many}`} detail={reason} at={at} />;
    case "copied":
      return <Told icon="check" tone="good" word={`copied ${many}`} detail={reason} at={at} />;
    case "retained":
      return <Told icon="lock" tone="late" word={`retained ${many}`} detail={reason} at={at} />;
    case "none_found":
      return <Told icon="check" tone="" word="0 none found" detail={reason} at={at} />;
    case "failed":
      return <Told icon="close" tone="bad" word="failed" detail={reason} at={at} />;
    case "unreachable":
      return (
        <span>
          <Unknown>unreachable</Unknown>
          <span className="sub">{reason}</span>
        </span>
      );
    case "running":
      return (
        <span className="row tight">
          <span className="spin" aria-hidden="true" /> running
        </span>
      );
    case "waiting":
      return <span className="muted">waits</span>;
    case "planned":
      return <span className="muted">not yet</span>;
  }
}

function Told({ icon, tone, word, detail, at }: { icon: "check" | "lock" | "close"; tone: string; word: string; detail: string; at: ReactNode }) {
  return (
    <span>
      <span className={`fate ${tone}`}>
        <Icon name={icon} />
        <b>{word}</b>
      </span>
      <span className="sub">
        {detail}
        {detail && at && ", "}
        {at}
      </span>
    </span>
  );
}
