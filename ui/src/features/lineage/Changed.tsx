import { number, score } from "~/shared/format/number";
import { day } from "~/shared/format/time";
import type { LineageChangesQuery } from "~/shared/graphql/generated/operations";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Breaking } from "~/shared/ui/Name";
import { Section } from "~/shared/ui/Section";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { originWords } from "./model";

type Diff = LineageChangesQuery["lineageDiff"];
type Change = Diff["items"][number];

/** What came, went or changed between two moments, with the statements that did it. */
export function Changed({ diff, between }: { diff: Diff; between: { from: string; to?: string } }) {
  const many = (kind: string) => diff.items.filter((item) => item.kind === kind).length;
  const words = ["added", "removed", "changed"].map((kind) => `${number(many(kind))} ${kind}`).join(", ");
  const cut = diff.items.length + diff.hidden < diff.total ? `of the first ${number(diff.items.length)} ` : "";
  return (
    <Section head="What changed" caption={`From ${day(between.from)} to ${between.to ? day(between.to) : "today"}: ${cut}${words}.`}>
      {diff.items.length === 0 ? (
        <Empty head="Nothing">Every step was known on both days in the same way.</Empty>
      ) : (
        <DataTable
          label="Steps that changed"
          columns={columns}
          rows={diff.items}
          rowKey={({ kind, edge }) => `${kind} ${edge.from}>${edge.to}`}
          foot={
            <span>
              {number(diff.items.length)} of {number(diff.total)}
              {diff.hidden > 0 && `; ${number(diff.hidden)} more that you may not see`}
            </span>
          }
        />
      )}
    </Section>
  );
}

const tones: Record<string, string> = { added: "good", removed: "bad", changed: "late" };
const signs: Record<string, string> = { added: "+", removed: "−", changed: "~" };

const columns: Column<Change>[] = [
  { id: "from", head: "From", cell: ({ fromName }) => <Breaking text={fromName} /> },
  { id: "to", head: "To", label: "To", cell: ({ toName }) => <Breaking text={toName} /> },
  {
    id: "kind",
    head: "What happened",
    label: "What happened",
    cell: ({ kind }) => (
      <span className={`${tones[kind] ?? ""} nowrap`}>
        {signs[kind]} {kind}
      </span>
    ),
    sortBy: ({ kind }) => kind,
  },
  { id: "at", head: "When", label: "When", cell: ({ at }) => at && <Time at={at} />, sortBy: ({ at }) => at ?? "" },
  { id: "by", head: "By", label: "By", className: "changed-by", cell: (change) => <Statements change={change} /> },
  { id: "sure", head: "Confidence", label: "Confidence", number: true, cell: ({ edge }) => score(edge.confidence) },
];

function Statements({ change: { edge, statements } }: { change: Change }) {
  const [first] = statements;
  if (!first?.sql) return <span className="soft">{originWords(edge.origins)}</span>;
  return (
    <details>
      <summary>
        {originWords(edge.origins)}
        {first.users.length > 0 && `, ${first.users.slice(0, 2).join(", ")}`}
      </summary>
      <Sql text={broken(first.sql)} label="The statement that did it" />
    </details>
  );
}
