import type { TraceQueryVariables, WayBetweenQueryVariables } from "~/shared/graphql/generated/operations";

/** /lineage/URN?col=&mode=&dir=&steps=&indirect=&stale=&refuted=&at=&since=&to=&many=&edge=&open= */
export interface LineageAddress {
  /** The column that is traced; without one, the whole asset. */
  col?: string;
  mode?: string;
  dir?: string;
  steps?: string;
  indirect?: string;
  stale?: string;
  refuted?: string;
  /** The day as of whose end the graph is shown: 2026-11-20; today when absent. */
  at?: string;
  /** The day with which it is compared. */
  since?: string;
  /** The asset to which a way is looked for, instead of all around. */
  to?: string;
  /** "yes" asks for as many assets as the server gives. */
  many?: string;
  /** The chosen step. */
  edge?: string;
  /** Groups and long nodes that are open, parted by commas. */
  open?: string;
}

export type Mode = "tables" | "columns";

/** How far a trace goes when nothing is said: three steps each way. */
export const usualSteps = "3";

/** So many assets come when nothing is said, and so many when all steps, or more, are asked for. Drawn are 200 at most. */
export const usualAssets = 1_000;
export const mostAssets = 10_000;

/** How many assets an address asks for. */
export function assetsAsked({ steps, many }: LineageAddress): number {
  return steps === "all" || many === "yes" ? mostAssets : usualAssets;
}

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
    first: assetsAsked(address),
    asOf: endOf(address.at),
    refuted: address.refuted === "yes",
  };
}

/** What the address asks when a way to another asset is looked for. */
export function wayAsked(from: string, to: string, address: LineageAddress): WayBetweenQueryVariables {
  const { column, columns, asOf } = question(from, address);
  return { from, to, column, columns, asOf };
}

/** The last moment of a day in the reader's own time; nothing for today and for what is no day. */
export function endOf(day: string | undefined): string | undefined {
  const end = new Date(`${day}T23:59:59`);
  return day === undefined || Number.isNaN(end.getTime()) || end.getTime() > Date.now() ? undefined : end.toISOString();
}

/** Which two moments are compared, the earlier one first; nothing when none is. */
export function compared({ at, since }: Pick<LineageAddress, "at" | "since">): { from: string; to?: string } | undefined {
  const [one, other] = [endOf(since), endOf(at)];
  if (one === undefined) return undefined;
  return other !== undefined && other < one ? { from: other, to: one } : { from: one, to: other };
}

/** How the reach is said: "3 steps each way", "up to the end". */
export function reachWords({ dir, steps = usualSteps }: LineageAddress): string {
  const far = steps === "all" ? "all steps" : steps === "1" ? "1 step" : `${steps} steps`;
  return dir === "up" ? `${far} up` : dir === "down" ? `${far} down` : `${far} each way`;
}
