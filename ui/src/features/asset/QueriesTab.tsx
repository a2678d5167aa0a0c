import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { count, number } from "~/shared/format/number";
import type { AssetQueriesQuery } from "~/shared/graphql/generated/operations";
import { CopyButton } from "~/shared/ui/CopyButton";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Tag } from "~/shared/ui/Seal";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import "./tabs.css";

type Statements = NonNullable<AssetQueriesQuery["asset"]>;
type Statement = Statements["queries"][number];

/** The statements people run on it, the most frequent first, and what they join and filter by. */
export function QueriesTab({ statements }: { statements: Statements }) {
  const { queries, usage } = statements;
  const [chosen, choose] = useState(queries[0]?.id);
  const shown = queries.find((query) => query.id === chosen) ?? queries[0];
  if (!shown) {
    return <Empty head={usage.known ? "No statement in 30 days" : "Statements are unknown"}>{usage.known ? "Nobody queried it, as far as the log says." : <Unknown>{usage.detail}</Unknown>}</Empty>;
  }
  return (
    <div className="stack far">
      <div className="halves">
        <DataTable label="Statements, the most frequent first" columns={columns} rows={queries} rowKey={(query) => query.id} chosen={shown.id} onChoose={(query) => choose(query.id)} />
        <div className="stack">
          <Sql text={broken(shown.sql)} label="The chosen statement" />
          <div className="row apart">
            <span className="small muted">Literals are removed when statements are read.</span>
            <CopyButton text={broken(shown.sql)} what="the statement" small>
              Copy
            </CopyButton>
          </div>
          {shown.outcome !== "parsed" && <p className="small late">Not wholly understood: {shown.reason}</p>}
        </div>
      </div>
      <Habits usage={usage} />
    </div>
  );
}

const columns: Column<Statement>[] = [
  {
    id: "sql",
    head: "Statement",
    cell: (query) => (
      <>
        <button type="button" className="link statement-line">
          <code>{query.sql.replace(/\s+/g, " ").slice(0, 90)}</code>
        </button>
        {query.outcome !== "parsed" && <Tag tone="late">{query.outcome}</Tag>}
      </>
    ),
  },
  { id: "runs", head: "Runs", label: "Runs", number: true, cell: (query) => number(query.runs), sortBy: (query) => query.runs },
  { id: "people", head: "People", label: "People", number: true, cell: (query) => number(query.people), sortBy: (query) => query.people },
  { id: "last", head: "Last", label: "Last", cell: (query) => query.last && <Time at={query.last} /> },
];

function Habits({ usage: { joins, filters } }: { usage: Statements["usage"] }) {
  if (joins.length === 0 && filters.length === 0) return null;
  return (
    <div className="halves">
      <div>
        <h3 className="q">Usual joins</h3>
        <ul className="plain-lines">
          {joins.map(({ column, other, queries }) => (
            <li key={column + other.dataset + other.column}>
              <span>
                <code>{column}</code> ={" "}
                <Link to="/asset/$urn" params={{ urn: other.dataset }} search={{ col: other.column }}>
                  <code>
                    {other.name.split(".").at(-1)}.{other.column}
                  </code>
                </Link>
              </span>
              <span>{count(queries, "statement")}</span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3 className="q">Usual filters</h3>
        <ul className="plain-lines">
          {filters.map((filter) => (
            <li key={filter.name}>
              <code>{filter.name}</code>
              <span>{count(filter.count, "statement")}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
