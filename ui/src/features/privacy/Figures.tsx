import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { number } from "~/shared/format/number";
import { day, daysSince } from "~/shared/format/time";
import type { Overview } from "./model";

/** Four numbers: who reads the most sensitive data, what is asked of us, what waits for an answer, what cannot be seen. */
export function Figures({ overview, seesRequests }: { overview: Overview; seesRequests: boolean }) {
  const { readers, openRequests, nextDue, toReview, unseen } = overview;
  return (
    <ul className="figures">
      <Figure value={readers} words={readers === 1 ? "person read critical or high data" : "people read critical or high data"} more={readers === null ? "unknown: connect a query log" : "in 30 days"} unknown={readers === null} />
      {seesRequests ? (
        <Figure
          value={openRequests}
          words={
            <Link to="/requests" className="bare">
              {openRequests === 1 ? "request open" : "requests open"}
            </Link>
          }
          more={nextDue ? nearest(nextDue) : "none is due"}
          late={nextDue !== null && daysSince(nextDue) > -7}
        />
      ) : (
        <Figure value={null} words="requests" more="your roles do not show them" />
      )}
      <Figure value={toReview} words={toReview === 1 ? "finding waits for an answer" : "findings wait for an answer"} more={toReview > 0 ? "below, the surest first" : "all are answered"} late={toReview > 0} />
      <Figure value={unseen} words={unseen === 1 ? "table whose values were not sampled" : "tables whose values were not sampled"} more={unseen > 0 ? "judged by name alone" : "every table was looked into"} unknown={unseen > 0} />
    </ul>
  );
}

function nearest(due: string): string {
  const left = -daysSince(due);
  if (left < 0) return `nearest late by ${number(-left)} days`;
  return left === 0 ? "nearest today" : left === 1 ? "nearest tomorrow" : `nearest in ${number(left)} days, ${day(due)}`;
}

function Figure({ value, words, more, late = false, unknown = false }: { value: number | null; words: ReactNode; more: string; late?: boolean; unknown?: boolean }) {
  return (
    <li>
      <b className={value === null ? "muted" : ""}>{value === null ? "?" : number(value)}</b>
      <span>
        {words}
        <small className={late ? "late" : unknown ? "figure-unknown" : ""}>{more}</small>
      </span>
    </li>
  );
}
