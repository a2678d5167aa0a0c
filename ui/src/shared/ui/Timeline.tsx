import type { ReactNode } from "react";
import { Time } from "./Time";
import "./Timeline.css";

/** One thing that happened; `tone` follows what it means for the reader. */
export interface Happening {
  id: string;
  at: string;
  tone?: "plain" | "bad" | "ok" | "now";
  what: ReactNode;
}

/** What happened, newest first: time, dot, sentence. */
export function Timeline({ happenings }: { happenings: Happening[] }) {
  return (
    <ol className="timeline">
      {happenings.map(({ id, at, tone = "plain", what }) => (
        <li key={id}>
          <Time at={at} />
          <span className={`dot ${tone}-dot`} aria-hidden="true" />
          <div>{what}</div>
        </li>
      ))}
    </ol>
  );
}
