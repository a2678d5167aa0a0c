import { AssetLink } from "~/shared/asset/AssetLink";
import { count, number } from "~/shared/format/number";
import { legalDate } from "~/shared/format/time";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Field } from "~/shared/ui/Field";
import { Unknown } from "~/shared/ui/Hatch";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import { dearness, type Morning } from "./model";

type Query = Morning["queries"][number];
type Person = Morning["people"][number];

/** The dearest statements and people of a day: by cost where the source tells it, else by time and bytes. */
export function MorningList({ morning, onDay }: { morning: Morning; onDay: (day: string) => void }) {
  const day = morning.day.slice(0, 10);
  return (
    <div className="stack far">
      <div className="row apart">
        <p>
          <b>{legalDate(`${day}T12:00:00`)}</b> <span className="soft">by {morning.by === "cost" ? "what the source charged" : "time; bytes where the log tells them"}</span>
        </p>
        <Field label="Day" type="date" value={day} onChange={(next) => next && onDay(next)} />
      </div>
      {!morning.covered && <Unknown>No log was read for this day: nothing is known of it</Unknown>}
      {morning.covered && morning.queries.length === 0 && <Empty head="Nothing ran">The log of this day was read, and it holds no statement that you may see.</Empty>}
      {morning.queries.length > 0 && (
        <div className="morning">
          <div className="stack">
            <h2 className="q">The dearest statements</h2>
            <ol className="dear-list">
              {morning.queries.map((each, index) => (
                <Dear key={each.query.id + each.user} query={each} by={morning.by} place={index + 1} />
              ))}
            </ol>
          </div>
          <div className="stack">
            <h2 className="q">Whose statements took most</h2>
            <DataTable label="Whose statements took most" columns={people(morning.by)} rows={morning.people} rowKey={({ user }) => user} />
          </div>
        </div>
      )}
    </div>
  );
}

function Dear({ query: { query, user, runs, ...took }, by, place }: { query: Query; by: string; place: number }) {
  return (
    <li>
      <p className="row apart small">
        <span>
          <b>{dearness(took, by)}</b> <span className="soft">{user}</span>
        </span>
        <span className="muted">{count(runs, "run")}</span>
      </p>
      <Sql text={broken(query.sql)} label={`Statement ${place}, of ${user}`} />
    </li>
  );
}

function people(by: string): Column<Person>[] {
  return [
    {
      id: "user",
      head: "Who",
      cell: ({ user, person, kind }) => (
        <>
          {person ? <AssetLink asset={person} /> : user} {kind !== "human" && <span className="muted">{kind}</span>}
        </>
      ),
    },
    { id: "runs", head: "Runs", label: "Runs", number: true, cell: ({ runs }) => number(runs), sortBy: ({ runs }) => runs },
    { id: "took", head: by === "cost" ? "Cost" : "Took", label: by === "cost" ? "Cost" : "Took", number: true, cell: (person) => dearness(person, by), sortBy: ({ seconds, cost }) => (by === "cost" ? cost : seconds) },
  ];
}
