import type { ReactNode } from "react";
import "./Stops.css";

/** A stop on the route of a request: behind us, here, or to come. */
export interface Stop {
  id: string;
  word: string;
  place: "passed" | "here" | "ahead";
  /** When it was reached, as it is said. */
  when?: ReactNode;
}

/** The route of states: passed in ink, the present a blaze arrow, to come hollow. */
export function Stops({ stops, label }: { stops: Stop[]; label: string }) {
  return (
    <ol className="stops" aria-label={label}>
      {stops.map((stop) => (
        <li key={stop.id} className={`${stop.place}-stop`} aria-current={stop.place === "here" ? "step" : undefined}>
          <span className="stop-mark" aria-hidden="true" />
          <span className="stop-word">{stop.word}</span>
          {stop.when && <span className="stop-when">{stop.when}</span>}
        </li>
      ))}
    </ol>
  );
}
