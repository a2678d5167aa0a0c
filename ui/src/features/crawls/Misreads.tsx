import { count, number } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { CopyButton } from "~/shared/ui/CopyButton";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Sql } from "~/shared/ui/Sql";
import { broken, moved } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import { causes, codeWords, headline, meaning, stumbled, wordsIn, type Cause, type Misread, type Report } from "./misread";

interface Props {
  report: Report;
  /** The pages of statements that were fetched, put together. */
  statements: Misread[];
  /** The chosen construct, as Cause.key; all when nothing is chosen. */
  why?: string;
  onWhy: (why: string | undefined) => void;
  onMore?: () => void;
  loadingMore: boolean;
}

/** The statements that were not wholly understood: how many, why, from which tools, and here they are. */
export function Misreads({ report, statements, why, onWhy, onMore, loadingMore }: Props) {
  const reasons = causes(report.reasons);
  if (reasons.length === 0) return <Empty head="Every statement was understood">Nothing is missing from lineage or usage for want of understanding.</Empty>;
  const chosen = reasons.find(({ key }) => key === why);
  return (
    <div className="stack far">
      <p className="lead" role="status">
        {headline(report)}; here they are.
      </p>
      <DataTable label="Why statements were not understood" columns={looks(onWhy)} rows={reasons} rowKey={({ key }) => key} chosen={chosen?.key} onChoose={({ key }) => onWhy(key)} foot={<Tools report={report} />} />
      <div className="row apart">
        <h3 className="q">{chosen ? `${codeWords(chosen.code)}, ${number(chosen.count)}` : "All of them"}</h3>
        {chosen && (
          <Button small onClick={() => onWhy(undefined)}>
            Show all reasons
          </Button>
        )}
      </div>
      <ol className="misreads" aria-label="Statements that were not understood">
        {statements.map((misread, index) => (
          <Statement key={misread.id} misread={misread} place={index + 1} />
        ))}
      </ol>
      <p className="small muted row">
        {number(statements.length)} of {count(report.statements.total, "distinct statement")}; at most 16 a day, tool and reason are kept. Literals are removed.
        {onMore && (
          <Button small busy={loadingMore} onClick={onMore}>
            Show more
          </Button>
        )}
      </p>
    </div>
  );
}

function Tools({ report }: { report: Report }) {
  const tools = stumbled(report.tools);
  return <span>From {tools.map(({ tool, read, not }) => `${tool} (${number(not)} of ${number(read)})`).join(", ")}</span>;
}

function Statement({ misread, place }: { misread: Misread; place: number }) {
  const { sql, length, words, outcome, code, runs, users } = misread;
  const text = broken(sql);
  return (
    <li className="reason-sample">
      <div className="row apart">
        <p className="small">
          <b>{codeWords(code)}</b>
          {words && (
            <>
              {" at "}
              <code>{words}</code>
            </>
          )}
          <span className={outcome === "partial" ? "late" : "bad"}> {outcome === "partial" ? "tables only" : "not at all"}</span>
        </p>
        {sql && (
          <CopyButton text={sql} what="the statement" small>
            Copy
          </CopyButton>
        )}
      </div>
      {sql ? <Sql text={text} label={`Statement ${place}, not understood: ${codeWords(code)}`} matched={wordsIn(misread).map((range) => moved(range, sql, text))} wrong numbered /> : <Unknown>{length > 0 ? `none of its ${count(length, "character")} are kept: what is a value in it is not sure` : "its text is no longer kept"}</Unknown>}
      <p className="small soft">
        {meaning(misread)}
        {runs > 0 && ` Run ${count(runs, "time")} in 90 days`}
        {users.length > 0 && ` by ${users.slice(0, 4).join(", ")}`}
        {(runs > 0 || users.length > 0) && "."}
      </p>
    </li>
  );
}

function looks(onWhy: (why: string) => void): Column<Cause>[] {
  return [
    {
      id: "reason",
      head: "Reason",
      cell: ({ key, code }) => (
        <button type="button" className="link reason-link" onClick={() => onWhy(key)}>
          {codeWords(code)}
        </button>
      ),
    },
    { id: "words", head: "For example at", className: "run-what", cell: ({ words }) => words.map((word, index) => <code key={word}>{(index > 0 ? ", " : "") + word}</code>) },
    { id: "count", head: "Statements", label: "Statements", number: true, cell: ({ count: many }) => number(many), sortBy: ({ count: many }) => many },
    { id: "outcome", head: "Outcome", label: "Outcome", cell: ({ outcome }) => <span className={outcome === "partial" ? "late" : "bad"}>{outcome === "partial" ? "tables only" : "not at all"}</span> },
  ];
}
