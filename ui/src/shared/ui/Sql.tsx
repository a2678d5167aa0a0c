import { Fragment } from "react";
import type { Range } from "./Name";
import { Marked } from "./Name";
import { lines, tokens } from "./sqlTokens";
import "./Sql.css";

interface Props {
  text: string;
  label: string;
  /** The stretch that says so: the span behind an edge, or the words that were not understood. */
  matched?: Range[];
  wrong?: boolean;
  numbered?: boolean;
}

/** A statement in the fixed face: keywords bold, removed literals grey, the span that matters marked. */
export function Sql({ text, label, matched = [], wrong = false, numbered = false }: Props) {
  return (
    <pre className={wrong ? "sql wrong-sql" : "sql"} tabIndex={0} role="region" aria-label={label}>
      {lines(text).map(({ line, start }, index) => (
        <Fragment key={start}>
          {index > 0 && "\n"}
          {numbered && <span className="sql-line">{String(index + 1).padStart(3)} </span>}
          <Line line={line} start={start} matched={matched} />
        </Fragment>
      ))}
    </pre>
  );
}

function Line({ line, start, matched }: { line: string; start: number; matched: Range[] }) {
  return tokens(line).map(({ text, at, kind }) => {
    const marked = <Marked text={text} matched={matched} from={start + at} />;
    if (kind === "keyword") return <b key={at}>{marked}</b>;
    if (kind === "hole") return <span key={at} className="muted">{marked}</span>;
    return <Fragment key={at}>{marked}</Fragment>;
  });
}
