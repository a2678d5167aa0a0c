import { Link } from "@tanstack/react-router";
import { count, number } from "~/shared/format/number";
import { day } from "~/shared/format/time";
import type { AssetUsageQuery } from "~/shared/graphql/generated/operations";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { DayBars } from "~/shared/ui/DayBars";
import { Unknown } from "~/shared/ui/Hatch";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import "./tabs.css";

type Usage = NonNullable<AssetUsageQuery["asset"]>["usage"];
type User = Usage["users"][number];

/** Use by day over 90 days, and by whom. Unknown is said, never drawn as zero. */
export function UsageTab({ usage, viewed }: { usage: Usage; viewed: boolean }) {
  if (!usage.known) {
    return (
      <Empty head="Usage is not known">
        <Unknown>{usage.detail}</Unknown>
      </Empty>
    );
  }
  return (
    <div className="halves">
      <div className="stack">
        <h3 className="q">{viewed ? "Views by day" : "Queries by day"}</h3>
        <Days days={usage.days} viewed={viewed} />
        <p className="small muted">{usage.detail}</p>
      </div>
      <div className="stack">
        <h3 className="q">Who, in 30 days</h3>
        {usage.users.length === 0 ? (
          <Empty head="Nobody">{usage.detail}</Empty>
        ) : (
          <DataTable label="Who uses it" columns={columns} rows={usage.users} rowKey={(user) => user.user} />
        )}
      </div>
    </div>
  );
}

function Days({ days, viewed }: { days: Usage["days"]; viewed: boolean }) {
  const counts = days.map((each) => ({ day: each.day, value: each.people + each.services }));
  const first = counts[0];
  const last = counts.at(-1);
  const most = counts.reduce((best, each) => (each.value > best.value ? each : best), first ?? { day: "", value: 0 });
  if (!first || !last) return <Empty head="Nothing counted yet">The log has not been read for a whole day.</Empty>;
  const unit = viewed ? "views" : "queries";
  return (
    <>
      <DayBars days={counts} sentence={`${unit} a day over ${counts.length} days; most: ${most.value} on ${day(most.day)}; ${last.value} today`} />
      <p className="small row apart">
        <span className="muted">{day(first.day)}</span>
        <span>
          most: {number(most.value)} on {day(most.day)}
        </span>
        <span>
          <b className="strong">{number(last.value)}</b> on {day(last.day)}
        </span>
      </p>
    </>
  );
}

const columns: Column<User>[] = [
  {
    id: "name",
    head: "Who",
    cell: ({ user, person }) =>
      person ? (
        <Link to="/asset/$urn" params={{ urn: person.id }} className="bare">
          {person.short}
        </Link>
      ) : (
        user
      ),
  },
  { id: "kind", head: "Kind", label: "Kind", cell: ({ kind }) => (kind === "human" ? "person" : kind) },
  { id: "queries", head: "Queries", label: "Queries", number: true, cell: ({ queries }) => number(queries), sortBy: ({ queries }) => queries },
  { id: "last", head: "Last", label: "Last", cell: ({ last }) => last && <Time at={last} /> },
];

/** What the tab says it holds. */
export function usageCount(usage: { known: boolean; people: number; viewers: number }, viewed: boolean): string | undefined {
  if (!usage.known) return undefined;
  return viewed ? count(usage.viewers, "viewer") : count(usage.people, "person", "people");
}
