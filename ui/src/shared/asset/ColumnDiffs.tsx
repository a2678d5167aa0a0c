import type { ColumnDiffFragment } from "~/shared/graphql/generated/operations";
import "./ColumnDiffs.css";

/** What happened to columns, as a diff; what can break a reader is said. */
export function ColumnDiffs({ columns, of }: { columns: ColumnDiffFragment[]; of: { number: number } }) {
  if (columns.length === 0) return null;
  return (
    <div className="diff" tabIndex={0} role="region" aria-label={`Columns that changed, change ${of.number}`}>
      {columns.map((change) => (
        <Diff key={`${change.kind} ${change.column}`} change={change} />
      ))}
    </div>
  );
}

function Diff({ change: { column, was, is, kind, from, breaking, text } }: { change: ColumnDiffFragment }) {
  const gone = was && kind !== "renamed" ? `${column} ${was}` : from && `${from} ${was}`;
  const came = is && `${column} ${is}`;
  const breaks = breaking && <span className="diff-breaks"> breaks</span>;
  if (kind === "required" || kind === "optional" || kind === "keyed" || kind === "unkeyed" || (!gone && !came)) {
    return (
      <div className={breaking ? "diff-gone" : ""}>
        <span className="diff-sign">~</span>
        {text || `${column} ${kind}`}
        {breaks}
      </div>
    );
  }
  return (
    <>
      {gone && (
        <div className="diff-gone">
          <span className="diff-sign">−</span>
          {gone}
          {breaks}
        </div>
      )}
      {came && (
        <div className="diff-new">
          <span className="diff-sign">+</span>
          {came}
        </div>
      )}
    </>
  );
}
