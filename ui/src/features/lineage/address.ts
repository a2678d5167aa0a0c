import type { TraceQueryVariables } from "~/shared/graphql/generated/operations";

/** /lineage/URN?col=&mode=&dir=&steps=&indirect=&stale=&edge=&open= */
export interface LineageAddress {
  /** The column that is traced; without one, the whole asset. */
  col?: string;
  mode?: string;
  dir?: string;
  steps?: string;
  indirect?: string;
  stale?: string;
  /** The chosen step. */
  edge?: string;
  /** Groups and long nodes that are open, parted by commas. */
  open?: string;
}

export type Mode = "tables" | "columns";

/** How far a trace goes when nothing is said: three steps each way. */
export const usualSteps = "3";

/** The steps to choose from; "all" follows to the end. */
export const stepChoices: [value: string, word: string][] = [
  ["1", "1 step"],
  ["2", "2 steps"],
  ["3", "3 steps"],
  ["5", "5 steps"],
  ["10", "10 steps"],
  ["all", "all steps"],
];

/** Tables, or columns: tracing a column shows columns unless tables are asked for. */
export function modeOf({ mode, col }: LineageAddress): Mode {
  if (mode === "tables" || mode === "columns") return mode;
  return col ? "columns" : "tables";
}

/** What the address asks the server. */
export function question(id: string, address: LineageAddress): TraceQueryVariables {
  const columns = modeOf(address) === "columns";
  const depth = address.steps === "all" ? 0 : Number(address.steps ?? usualSteps);
  return {
    id,
    column: columns ? (address.col ?? null) : null,
    direction: address.dir === "up" ? "UP" : address.dir === "down" ? "DOWN" : "BOTH",
    depth: Number.isFinite(depth) && depth >= 0 ? Math.round(depth) : Number(usualSteps),
    columns,
  };
}

/** How the reach is said: "3 steps each way", "up to the end". */
export function reachWords({ dir, steps = usualSteps }: LineageAddress): string {
  const far = steps === "all" ? "all steps" : steps === "1" ? "1 step" : `${steps} steps`;
  return dir === "up" ? `${far} up` : dir === "down" ? `${far} down` : `${far} each way`;
}
