import { count } from "~/shared/format/number";
import { clock, daysSince, day, duration } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Time } from "~/shared/ui/Time";
import { useRows } from "~/shared/ui/rows";
import { LastRuns } from "./LastRuns";
import { happened, standing, took, type Source } from "./model";
import { State } from "./State";

interface Props {
  sources: Source[];
  chosen?: string;
  onChoose: (run: string) => void;
  /** Missing for those who may not. */
  onCrawl?: (source: string) => void;
  beginning?: string;
}

/** The sources with their last run and the twelve before. */
export function SourceTable({ sources, chosen, onChoose, onCrawl, beginning }: Props) {
  const choose = (source: Source | undefined) => source?.last && onChoose(source.last.id);
  const at = sources.findIndex((source) => source.last?.id === chosen || source.history.some((run) => run.id === chosen));
  useRows({ size: sources.length, at, onChoose: (row) => choose(sources[row]) });
  return <DataTable label="Sources" columns={looks(onChoose, onCrawl, beginning)} rows={sources} rowKey={(source) => source.name} chosen={sources[at]?.name} onChoose={choose} />;
}

function looks(onChoose: (run: string) => void, onCrawl: Props["onCrawl"], beginning?: string): Column<Source>[] {
  const columns: Column<Source>[] = [
    {
      id: "source",
      head: "Source",
      cell: ({ name, type, datasets, last }) => (
        <>
          {last ? (
            <button type="button" className="link source-link" onClick={() => onChoose(last.id)}>
              {name}
            </button>
          ) : (
            <span className="strong">{name}</span>
          )}
          <span className="sub">
            {type}, {count(datasets, "table")}
          </span>
        </>
      ),
      sortBy: ({ name }) => name,
    },
    { id: "state", head: "State", label: "State", cell: ({ last }) => <State state={standing(last?.state)} run={last} /> },
    { id: "what", head: "What happened", className: "run-what", cell: ({ last }) => (last ? happened(last) : "Crawl it once to read its tables.") },
    { id: "started", head: "Started", label: "Started", cell: ({ last }) => last && <Time at={last.started} say={said} /> },
    { id: "took", head: "Took", label: "Took", number: true, cell: ({ last }) => last && duration(took(last)) },
    { id: "twelve", head: "Last twelve", className: "twelve-cell", cell: ({ history }) => <LastRuns history={history} /> },
  ];
  if (!onCrawl) return columns;
  return [
    ...columns,
    {
      id: "crawl",
      head: <span className="vh">Crawl</span>,
      className: "run-act",
      cell: ({ name, last }) => (
        <Button
          small
          aria-label={`Crawl ${name} now`}
          busy={beginning === name}
          disabled={last?.state === "running"}
          onClick={(event) => {
            event.stopPropagation();
            onCrawl(name);
          }}
        >
          Crawl now
        </Button>
      ),
    },
  ];
}

const said = (at: string) => (daysSince(at) === 0 ? clock(at) : `${day(at)} ${clock(at)}`);
