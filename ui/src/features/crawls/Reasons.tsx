import { useState } from "react";
import { number } from "~/shared/format/number";
import { CopyButton } from "~/shared/ui/CopyButton";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Sql } from "~/shared/ui/Sql";
import { broken, moved } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import type { Understood } from "./model";
import { offending, reasonWords } from "./offending";

type Reason = Understood["reasons"][number];

/** Why statements were not understood, most frequent first, each with a sample and the words it stumbled over. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  const [chosen, choose] = useState(0);
  const shown = reasons[Math.min(chosen, reasons.length - 1)];
  if (!shown) return <Empty head="Every statement was understood">Nothing is missing from lineage or usage for want of understanding.</Empty>;
  const text = broken(shown.sample);
  return (
    <div className="reasons">
      <DataTable label="Why statements were not understood" columns={looks(reasons, choose)} rows={reasons} rowKey={keyOf} chosen={keyOf(shown)} onChoose={(reason) => choose(reasons.indexOf(reason))} />
      <div className="reason-sample">
        <div className="row apart">
          <h3 className="q">A sample of {number(shown.count)}</h3>
          <CopyButton text={shown.sample} what="the sample" small>
            Copy sample
          </CopyButton>
        </div>
        <Sql text={text} label="A statement that was not understood" matched={offending(shown.sample, shown.reason).map((range) => moved(range, shown.sample, text))} wrong numbered />
        <p className="small soft">{shown.outcome === "partial" ? "Its tables are kept in lineage; some of its columns are unknown." : "What it reads and writes is unknown."} Literals are removed.</p>
      </div>
    </div>
  );
}

const keyOf = (reason: Reason) => `${reason.outcome} ${reason.reason}`;

function looks(reasons: Reason[], choose: (at: number) => void): Column<Reason>[] {
  return [
    {
      id: "reason",
      head: "Reason",
      cell: (reason) => (
        <button type="button" className="link reason-link" onClick={() => choose(reasons.indexOf(reason))}>
          {reasonWords(reason.reason)}
        </button>
      ),
    },
    { id: "count", head: "Statements", label: "Statements", number: true, cell: ({ count }) => number(count), sortBy: ({ count }) => count },
    { id: "outcome", head: "Outcome", label: "Outcome", cell: ({ outcome }) => <span className={outcome === "partial" ? "late" : "bad"}>{outcome === "partial" ? "partly" : "failed"}</span> },
  ];
}
