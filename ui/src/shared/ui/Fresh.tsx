import type { ReactNode } from "react";
import { Unknown } from "./Hatch";
import { Icon, type IconName } from "./Icon";
import "./Fresh.css";

/** Inside its cadence, late, missed three times, or no cadence known. */
export type Freshness = "in" | "late" | "missed" | "unknown";

/** The server's word for freshness as the dot is drawn. */
export function freshState(word: string): Freshness {
  return word === "fresh" ? "in" : word === "late" ? "late" : word === "stale" ? "missed" : "unknown";
}

const dots: Record<Exclude<Freshness, "unknown">, IconName> = { in: "full", late: "half", missed: "hollow" };

/** Freshness as a dot that is full, half or empty, and the words for it. */
export function Fresh({ state, children }: { state: Freshness; children: ReactNode }) {
  if (state === "unknown") return <Unknown>{children}</Unknown>;
  return (
    <span className={`fresh ${state}-fresh`}>
      <Icon name={dots[state]} />
      <span>{children}</span>
    </span>
  );
}
