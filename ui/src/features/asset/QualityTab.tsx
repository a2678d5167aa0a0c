import type { AssetQualityQuery } from "~/shared/graphql/generated/operations";
import { number, percent } from "~/shared/format/number";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { Incidents } from "./Incidents";
import { RunStrip } from "./RunStrip";
import { SlaPart } from "./SlaPart";
import { VolumeLine } from "./VolumeLine";
import "./tabs.css";

type Quality = NonNullable<AssetQualityQuery["asset"]>;
type Check = Quality["quality"]["checks"][number];

/** What is wrong now, whether its promise is kept, its checks run by run, and its rows against what was expected. */
export function QualityTab({ quality: { quality, volume, sla, incidents }, mayEdit }: { quality: Quality; mayEdit: boolean }) {
  return (
    <div className="stack far">
      {incidents.length > 0 && <Incidents incidents={incidents} mayClose={mayEdit} />}
      <div className="halves">
        <SlaPart sla={sla} />
        <VolumeLine volume={volume} />
      </div>
      <div className="stack">
        <h3 className="q">Checks</h3>
        {quality.known ? (
          <>
            <p className="small soft">
              {number(quality.passing)} pass, {number(quality.failing)} fail or warn{quality.share !== null && `; ${percent(quality.share)} of the runs passed in 14 days`}.
            </p>
            <DataTable label="Quality checks" columns={columns} rows={quality.checks} rowKey={({ name, column, source }) => `${name} ${column} ${source}`} rowTone={({ status }) => (status === "failed" || status === "error" ? "bad" : undefined)} />
          </>
        ) : (
          <Empty head="No check is known">
            <Unknown>import results of checks, or crawl the dbt project that runs them</Unknown>
          </Empty>
        )}
      </div>
    </div>
  );
}

const tones: Record<string, string> = { passed: "good", failed: "bad", error: "bad", warned: "late", skipped: "muted" };

const columns: Column<Check>[] = [
  {
    id: "name",
    head: "Check",
    cell: ({ name, column }) => (
      <>
        {name}
        {column && <span className="sub">{column}</span>}
      </>
    ),
  },
  {
    id: "status",
    head: "Last run",
    label: "Last run",
    cell: ({ status, at }) => (
      <span className="nowrap">
        <b className={tones[status]}>{status}</b> <Time at={at} />
      </span>
    ),
  },
  { id: "severity", head: "Severity", label: "Severity", cell: ({ severity }) => severity },
  { id: "runs", head: "Runs, newest last", label: "Runs", cell: ({ name, runs }) => <RunStrip what={name} runs={[...runs].reverse()} /> },
  { id: "message", head: "What it said", className: "meaning", cell: ({ message }) => message },
  { id: "source", head: "Told by", label: "Told by", cell: ({ source }) => source },
];
