import { bytes, count, number } from "~/shared/format/number";
import type { AssetColumnsQuery, AssetHeadFragment, AssetNameFragment } from "~/shared/graphql/generated/operations";

export type Asset = AssetHeadFragment;
export type AssetColumn = NonNullable<AssetColumnsQuery["asset"]>["columns"][number];

const judged = new Set(["dataset", "job", "flow"]);

/** Whether checks, promises and incidents are asked of this type. */
export function isJudged({ type }: Pick<Asset, "type">): boolean {
  return judged.has(type);
}

/** How big a dataset is: "184 203 551 rows, 41 GB"; undefined when the source does not say. */
export function sizeOf({ rows, bytes: size }: Asset["stats"]): string | undefined {
  const parts = [rows === null ? "" : count(rows, "row"), size === null ? "" : bytes(size)].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/** The tables that a dashboard's charts read, each once. */
export function readBy(asset: Pick<Asset, "type" | "parts">): AssetNameFragment[] {
  if (asset.type !== "dashboard") return [];
  return [...new Map(asset.parts.flatMap((part) => part.upstream).map((each) => [each.id, each])).values()];
}

/** How people query it, in one sentence: how often, joined with what, filtered by what. */
export interface Habits {
  often: string;
  join?: { dataset: string; name: string; column: string };
  filters: string[];
}

/** The habits behind the most frequent statement, or undefined when nothing was seen. */
export function habits(asset: Pick<Asset, "queries" | "usage">): Habits | undefined {
  const [starter] = asset.queries;
  if (!starter) return undefined;
  const join = asset.usage.joins[0];
  return {
    often: `${count(starter.runs, "time")} by ${count(starter.people, "person", "people")} in 30 days`,
    join: join && { dataset: join.other.dataset, name: join.other.name.split(".").at(-1) ?? join.other.name, column: join.column },
    filters: asset.usage.filters.slice(0, 2).map((filter) => filter.name),
  };
}

/** A write in the tide line: how far from the usual time of day, in hours. */
export interface TideDot {
  at: string;
  x: number;
  /** Hours after (positive) or before the usual time. */
  off: number;
}

/** The writes laid out by time of day around their median; fewer than three have no usual time. */
export function tide(writes: string[], width: number): { dots: TideDot[]; usual: string } | undefined {
  if (writes.length < 3) return undefined;
  const hours = writes.map((at) => new Date(at).getHours() + new Date(at).getMinutes() / 60);
  const median = [...hours].sort((a, b) => a - b)[Math.floor(hours.length / 2)] ?? 0;
  const step = (width - 12) / (writes.length - 1);
  const dots = writes.map((at, index) => ({ at, x: 6 + index * step, off: wrapped((hours[index] ?? 0) - median) }));
  return { dots, usual: said(median) };
}

/** A difference of clock times is never more than half a day. */
function wrapped(hours: number): number {
  return hours > 12 ? hours - 24 : hours < -12 ? hours + 24 : hours;
}

function said(hours: number): string {
  return `${String(Math.floor(hours)).padStart(2, "0")}:${String(Math.round((hours % 1) * 60) % 60).padStart(2, "0")}`;
}

/** The columns that match a filter and, if asked, hold personal data. */
export function filteredColumns(columns: AssetColumn[], filter: string, onlyPersonal: boolean): AssetColumn[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return columns.filter((column) => {
    const text = `${column.name} ${column.description} ${column.personal?.label ?? ""}`.toLowerCase();
    return (!onlyPersonal || (column.personal !== null && column.personal.state !== "rejected")) && words.every((word) => text.includes(word));
  });
}

/** The marks to show at the head: one for each class that is settled, and how many want an answer. */
export function marksOf(columns: AssetColumn[]): { settled: NonNullable<AssetColumn["personal"]>[]; open: number } {
  const marks = columns.flatMap(({ personal }) => (personal ? [personal] : []));
  const settled = new Map(marks.filter((mark) => mark.state === "tagged").map((mark) => [mark.class, mark]));
  return { settled: [...settled.values()], open: marks.filter((mark) => mark.state === "suggested").length };
}

/** The longest bar of the people column. */
export function mostPeople(columns: AssetColumn[]): number {
  return Math.max(1, ...columns.map((column) => column.people ?? 0));
}

/** What the tab of a list says it holds: "5 up, 17 down". */
export function upAndDown(asset: Pick<Asset, "upstream" | "downstream">): string {
  return `${number(asset.upstream.length)} up, ${number(asset.downstream.length)} down`;
}
