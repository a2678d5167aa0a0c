import { number } from "~/shared/format/number";
import { duration } from "~/shared/format/time";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Icon } from "~/shared/ui/Icon";
import { Empty } from "~/shared/ui/states";
import { phaseWord, progressWords, type Run } from "./model";
import { State } from "./State";

type Phase = Run["phases"][number];
type Problem = Run["problems"][number];

/** What a run saw, phase by phase, what it changed, and what went wrong with the way to mend it. */
export function RunReport({ run }: { run: Run }) {
  return (
    <div className="stack far">
      {run.state === "running" && (
        <p className="row" role="status">
          <State state="running" run={run} /> <span className="soft">{run.progress ? progressWords(run.progress) : "beginning"}</span>
        </p>
      )}
      {run.phases.length > 0 ? <DataTable label="Phases of the run" columns={phases} rows={run.phases} rowKey={(phase) => phase.name} /> : run.state !== "running" && <Empty head="It ended before its first phase">What went wrong stands below.</Empty>}
      {run.state !== "running" && <Changes run={run} />}
      {run.problems.length > 0 && <DataTable label="What went wrong" columns={problems} rows={run.problems} rowKey={(problem) => problem.class + problem.scope + problem.text} />}
    </div>
  );
}

function Changes({ run: { created, changed, unchanged, gone, failed } }: { run: Run }) {
  const parts: [value: number, word: string, tone: string][] = [
    [created, "created", ""],
    [changed, "changed", ""],
    [unchanged, "unchanged", ""],
    [gone, "gone", gone > 0 ? "late" : ""],
    [failed, "not read", failed > 0 ? "bad" : ""],
  ];
  return (
    <p className="run-changes">
      {parts.map(([value, word, tone]) => (
        <span key={word} className={tone}>
          <b className="book">{number(value)}</b> {word}
        </span>
      ))}
    </p>
  );
}

const phases: Column<Phase>[] = [
  { id: "phase", head: "Phase", cell: ({ name }) => phaseWord(name) },
  { id: "seen", head: "What was seen", className: "run-what", cell: ({ detail }) => detail },
  { id: "state", head: "State", label: "State", cell: ({ state }) => <PhaseState state={state} /> },
  { id: "took", head: "Took", label: "Took", number: true, cell: ({ seconds }) => duration(seconds * 1000) },
];

function PhaseState({ state }: { state: string }) {
  if (state === "skipped") return <Unknown>not read</Unknown>;
  if (state === "ok") {
    return (
      <span className="run-state good">
        <Icon name="check" /> complete
      </span>
    );
  }
  return state === "partial" ? <State state="partly" /> : <State state="failed" />;
}

const problems: Column<Problem>[] = [
  {
    id: "text",
    head: "What went wrong",
    cell: ({ text, scope }) => (
      <>
        {text}
        {scope && <span className="sub">{scope}</span>}
      </>
    ),
  },
  { id: "class", head: "Kind", label: "Kind", cell: ({ class: kind }) => <span className="late">{kind.replaceAll("-", " ")}</span> },
  { id: "fix", head: "To mend it", className: "run-what", cell: ({ fix }) => (fix ? <code>{fix}</code> : <span className="muted">the server’s log says more</span>) },
];
