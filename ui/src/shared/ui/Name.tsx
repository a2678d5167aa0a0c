import { Fragment } from "react";
import { headword, language, pieces } from "~/shared/format/name";
import "./Name.css";

/** A stretch of a text that matched, by character. */
export interface Range {
  start: number;
  end: number;
}

interface Props {
  name: string;
  /** What stands before the name in grey; taken from the name itself when not given. */
  path?: string;
  matched?: Range[];
  old?: boolean;
}

/** An asset's name: path in grey, headword bold, breaking after "." and "_", matched letters highlighted. */
export function Name({ name, path, matched = [], old = false }: Props) {
  const [before, head] = path === undefined ? headword(name) : [path, name];
  return (
    <span className="name" lang={language(head)}>
      {before && (
        <span className="name-path">
          <Breaking text={before} matched={matched} from={0} />
        </span>
      )}
      <span className={old ? "name-head old" : "name-head"}>
        <Breaking text={head} matched={matched} from={before.length} />
      </span>
    </span>
  );
}

/** A text with break opportunities and highlights; `from` is where it starts in the text that matched. */
export function Breaking({ text, matched = [], from = 0 }: { text: string; matched?: Range[]; from?: number }) {
  let at = from;
  return pieces(text).map((piece) => {
    const start = at;
    at += piece.length;
    return (
      <Fragment key={start}>
        <Marked text={piece} matched={matched} from={start} />
        <wbr />
      </Fragment>
    );
  });
}

/** A text whose matched letters are highlighted. */
export function Marked({ text, matched, from = 0 }: { text: string; matched: Range[]; from?: number }) {
  return cut(text, matched, from).map(({ part, on, at }) => (on ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>));
}

function cut(text: string, matched: Range[], from: number): { part: string; on: boolean; at: number }[] {
  const parts: { part: string; on: boolean; at: number }[] = [];
  let at = 0;
  for (const range of [...matched].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, range.start - from);
    const end = Math.min(text.length, range.end - from);
    if (end <= start) continue;
    if (start > at) parts.push({ part: text.slice(at, start), on: false, at });
    parts.push({ part: text.slice(start, end), on: true, at: start });
    at = end;
  }
  if (at < text.length) parts.push({ part: text.slice(at), on: false, at });
  return parts;
}
