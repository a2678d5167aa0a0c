import { bytes, count, nbsp, number, percent } from "~/shared/format/number";
import { duration } from "~/shared/format/time";
import type { DiscoverUnusedQuery, DiscoverUseQuery, MorningQuery, UsePartFragment } from "~/shared/graphql/generated/operations";

export type Uses = DiscoverUseQuery["discovery"];
export type UseLine = UsePartFragment["items"][number];
export type Unused = DiscoverUnusedQuery["discovery"]["unused"];
export type IdleLine = Unused["items"][number];
export type Morning = MorningQuery["discovery"]["morning"];

/** /discover?show=&state=&zone=&day=&row=&page= */
export interface DiscoverAddress {
  show?: string;
  /** Of what nobody is known to read: unused, unparsed or unknown. */
  state?: string;
  zone?: string;
  day?: string;
  /** The dataset whose proof is open. */
  row?: string;
  page?: string;
}

export const pageSize = 30;
/** More than this is not shown at once; one has to narrow by zone. */
export const atMost = 300;

/** How many lines the address asks for. */
export function linesAsked({ page }: DiscoverAddress): number {
  return Math.min(atMost, pageSize * Math.max(1, Number(page) || 1));
}

/** The three ways in which nobody is known to read a dataset. They are three words, never one. */
export const idleStates: [state: string, word: string, means: string][] = [
  ["unused", "Unused", "The log is complete, and nobody reads it."],
  ["unparsed", "Unparsed", "A statement that was not understood names it: it may be read there."],
  ["unknown", "Unknown", "No complete log tells who reads it."],
];

/** How much steeper the use is than in the 30 days before: "+ 120 %", or "new" where there was none. */
export function rise({ queries, before }: Pick<UseLine, "queries" | "before">): string {
  if (before === 0) return queries > 0 ? "new" : "";
  const share = queries / before - 1;
  return `${share < 0 ? "−" : "+"}${nbsp}${percent(Math.abs(share), 0)}`;
}

/** "12 tables, 4.1 GB as far as sizes are known". */
export function sizeWords({ total, bytes: size }: Pick<Unused, "total" | "bytes">): string {
  const many = count(total, "table");
  return size > 0 ? `${many}, ${bytes(size)} as far as sizes are known` : `${many}, sizes unknown`;
}

/** What a statement or a person took: by cost where the source tells it, else by time and bytes. */
export function dearness({ seconds, bytes: size, cost }: { seconds: number; bytes: number; cost: number }, by: string): string {
  if (by === "cost") return number(Math.round(cost * 100) / 100);
  return [duration(seconds * 1000), size > 0 && bytes(size)].filter(Boolean).join(", ");
}

const claims: Record<string, string> = { cover: "Days read", parsed: "Statements understood", reads: "Reads", downstream: "Downstream", writes: "Written" };

/** What a claim of the proof is about. */
export function claimWord(name: string): string {
  return claims[name] ?? name;
}
