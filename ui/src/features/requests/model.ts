import type { RequestPageQuery } from "~/shared/graphql/generated/operations";
import { count, number } from "~/shared/format/number";

export type Request = NonNullable<RequestPageQuery["request"]>;
type Step = NonNullable<Request["plan"]>["steps"][number];
type Outcome = Request["outcomes"][number];

type Run = NonNullable<Request["run"]>;

/** The act of a run that goes on, whoever began it. */
export function runningAct({ run }: Pick<Request, "run">): "plan" | "verify" | undefined {
  return run?.state !== "running" ? undefined : run.act === "verify" ? "verify" : "plan";
}

/** How far a run is, as a share; null while nothing can be counted. */
export const runShare = ({ done, total }: Run): number | null => (total > 0 ? Math.min(1, done / total) : null);

/** How far a run is, in words. */
export const runWords = ({ step, done, total }: Run): string => (total > 0 ? `${step}: ${number(done)} of ${number(total)}` : step || "beginning");

/** What became of a collection, as a person reads it. */
export type Fate = "erased" | "copied" | "none_found" | "retained" | "failed" | "unreachable" | "running" | "waiting" | "planned";

/** One line of the plan with what became of it. */
export interface PlanRow {
  key: string;
  order?: number;
  name: string;
  step?: Step;
  columns: string[];
  reached: string[];
  action?: string;
  /** Rows to act on; null when nobody can count them. */
  rows: number | null;
  ground: string;
  fate: Fate;
  outcome?: Outcome;
  reason: string;
}

/** The plan's steps with their outcomes, then what was found out beside them, then what cannot be reached. */
export function planRows(request: Request): PlanRow[] {
  const left = [...request.outcomes];
  const take = (dataset: string): Outcome | undefined => {
    const at = left.findIndex((outcome) => outcome.dataset === dataset);
    return at < 0 ? request.outcomes.findLast((outcome) => outcome.dataset === dataset) : left.splice(at, 1)[0];
  };
  const steps = (request.plan?.steps ?? []).map((step): PlanRow => {
    const outcome = take(step.dataset);
    return {
      key: `step-${step.order}`,
      order: step.order,
      name: step.name,
      step,
      columns: step.columns,
      reached: step.path,
      action: step.action,
      rows: step.rows,
      ground: step.ground,
      fate: outcome ? fateOf(outcome.outcome) : request.state === "executing" ? "waiting" : "planned",
      outcome,
      reason: outcome?.detail ?? "",
    };
  });
  const gaps = (request.plan?.unreachable ?? []).filter((gap) => !left.some((outcome) => outcome.name === gap.name));
  return [
    ...steps,
    ...left.map((outcome, index) => ({ key: `outcome-${index}`, name: outcome.name, columns: [], reached: [], rows: fateOf(outcome.outcome) === "unreachable" ? null : outcome.rows, ground: "", fate: fateOf(outcome.outcome), outcome, reason: outcome.detail })),
    ...gaps.map((gap, index) => ({ key: `gap-${index}`, name: gap.name, columns: [], reached: [], rows: null, ground: "", fate: "unreachable" as const, reason: gap.reason })),
  ];
}

const fates: readonly Fate[] = ["erased", "copied", "none_found", "retained", "failed", "unreachable", "running", "waiting"];

function fateOf(word: string): Fate {
  return fates.find((fate) => fate === word) ?? "waiting";
}

/** What stands above the table: rows by what became of them, and what keeps the request open. */
export interface Tally {
  erased: number;
  copied: number;
  retained: number;
  todo: number;
  failed: number;
  unreachable: number;
  collections: number;
  open: number;
}

export function tally(rows: PlanRow[]): Tally {
  const sum = (fate: Fate) => rows.filter((row) => row.fate === fate).reduce((total, row) => total + (row.outcome?.rows ?? row.rows ?? 0), 0);
  const pending = rows.filter((row) => ["planned", "waiting", "running"].includes(row.fate));
  return {
    erased: sum("erased"),
    copied: sum("copied"),
    retained: sum("retained") + pending.filter((row) => row.action === "retain").reduce((total, row) => total + (row.rows ?? 0), 0),
    todo: pending.filter((row) => row.action !== "retain").reduce((total, row) => total + (row.rows ?? 0), 0),
    failed: rows.filter((row) => row.fate === "failed").reduce((total, row) => total + (row.rows ?? 0), 0),
    unreachable: rows.filter((row) => row.fate === "unreachable").length,
    collections: rows.length,
    open: rows.filter((row) => !["erased", "copied", "none_found", "retained"].includes(row.fate)).length,
  };
}

/** What the plan will do, in one sentence that a person who approves reads. */
export function planWords(request: Request): string {
  const steps = request.plan?.steps ?? [];
  const acting = steps.filter((step) => step.action !== "retain");
  const kept = steps.filter((step) => step.action === "retain");
  const rows = acting.reduce((sum, step) => sum + step.rows, 0);
  const verb = request.kind === "erasure" ? "It erases or changes" : "It copies";
  const parts = [`${verb} ${count(rows, "row")} in ${count(new Set(acting.map((step) => step.dataset)).size, "collection")}`];
  if (kept.length > 0) parts.push(`keeps ${count(kept.reduce((sum, step) => sum + step.rows, 0), "row")} on a ground`);
  const gaps = request.plan?.unreachable.length ?? 0;
  if (gaps > 0) parts.push(`and leaves ${count(gaps, "collection")} that cannot be reached`);
  return `${parts.join(", ")}.`;
}

/** How many rows the plan acts on. */
export function planned(request: Request): number {
  return (request.plan?.steps ?? []).filter((step) => step.action !== "retain").reduce((sum, step) => sum + step.rows, 0);
}

/** "24 days left", "due today", "3 days late". */
export function daysWords(days: number): string {
  if (days < 0) return `${count(-days, "day")} late`;
  if (days === 0) return "due today";
  return `${count(days, "day")} left`;
}

/** The share of the time from receipt to the due day that is used, 0 to 1. */
export function usedShare({ received, due }: { received: string; due: string }, now = new Date()): number {
  const [from, to] = [Date.parse(received), Date.parse(due)];
  if (to <= from) return 1;
  return Math.min(1, Math.max(0, (now.getTime() - from) / (to - from)));
}

/** The acts on the route in their order; the first that is allowed is the page's main button. */
const route = ["plan", "approve", "execute", "verify", "receipt", "close"] as const;
export type Act = (typeof route)[number];

/** Which acts are offered: the main one, then the others. Planning anew and looking again stand back behind what leads on. */
export function acts({ next, plan, receipt, state }: Pick<Request, "next" | "plan" | "receipt" | "state">): { main?: Act; others: Act[] } {
  const allowed = route.filter((act) => next.includes(act));
  const behind = (act: Act) => (act === "plan" && plan !== null) || (act === "verify" && state.startsWith("verified")) || (act === "receipt" && receipt !== null);
  const main = allowed.find((act) => !behind(act));
  return { main, others: allowed.filter((act) => act !== main) };
}

const words: Record<string, string> = { delete: "delete", null: "set null", pseudonymise: "pseudonymise", retain: "retain", copy: "copy" };

/** An action as the table says it. */
export const actionWord = (action: string) => words[action] ?? action;

/** How a collection was reached, in words that fit a cell: the last step, with names cut to table and column. */
export const reachedWords = (path: string[]) => (path.at(-1) ?? "").replace(/(?:[\p{L}\p{N}_$-]+\.)+(?=[\p{L}\p{N}_$-]+\.[\p{L}\p{N}_$-]+)/gu, "");

/** What an outcome adds to the plan's ground, which stands beside it already. */
export const remark = ({ reason, ground }: PlanRow) => (ground && reason.startsWith(ground) ? reason.slice(ground.length).trim() : reason);

/** "9 collections, 485 rows". */
export function planSize(request: Request): string {
  const steps = request.plan?.steps ?? [];
  return `${count(new Set(steps.map((step) => step.dataset)).size, "collection")}, ${number(steps.reduce((sum, step) => sum + step.rows, 0))} rows`;
}
