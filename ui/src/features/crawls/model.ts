import type { CrawlsQuery, RunFactsFragment } from "~/shared/graphql/generated/operations";
import { count, number } from "~/shared/format/number";

export type Source = CrawlsQuery["sources"][number];
export type Run = RunFactsFragment;
export type Understood = NonNullable<Run["understood"]>;

/** How a run stands, as the page draws it. */
export type Standing = "running" | "done" | "partly" | "failed" | "needs-you" | "never";

export function standing(state: string | undefined): Standing {
  switch (state) {
    case undefined:
      return "never";
    case "running":
      return "running";
    case "ok":
      return "done";
    case "partial":
      return "partly";
    case "needs-approval":
      return "needs-you";
    default:
      return "failed";
  }
}

const words: Record<Standing, string> = { running: "running", done: "done", partly: "partly", failed: "failed", "needs-you": "needs you", never: "never ran" };

export const standingWord = (state: Standing) => words[state];

/** "4 sources. 2 done, 1 partly, 1 failed." */
export function summary(sources: Source[]): string {
  const order: Standing[] = ["done", "partly", "running", "needs-you", "failed", "never"];
  const parts = order.flatMap((each) => {
    const many = sources.filter((source) => standing(source.last?.state) === each).length;
    return many > 0 ? [`${number(many)} ${standingWord(each)}`] : [];
  });
  return `${count(sources.length, "source")}. ${parts.join(", ")}.`;
}

/** The sources that want a person: one that would lose too much, then those that failed. */
export function wanting(sources: Source[]): Source[] {
  const rank: Partial<Record<Standing, number>> = { "needs-you": 0, failed: 1 };
  const order = (source: Source) => rank[standing(source.last?.state)] ?? 2;
  return sources.filter((source) => order(source) < 2).sort((a, b) => order(a) - order(b));
}

/** What happened in a run, in one line. */
export function happened(run: Run): string {
  if (run.state === "running") return run.progress ? progressWords(run.progress) : "beginning";
  const problem = run.problems[0];
  if (problem && standing(run.state) !== "done") return problem.text;
  const parts = [run.created > 0 && `${number(run.created)} new`, run.changed > 0 && `${number(run.changed)} changed`, run.gone > 0 && `${number(run.gone)} gone`].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : run.unchanged > 0 ? `nothing new, ${number(run.unchanged)} as before` : "nothing new";
}

export function progressWords({ phase, scope, done, total }: NonNullable<Run["progress"]>): string {
  const far = total ? `${number(done)} of ${number(total)}` : number(done);
  return `${phase}: ${far}${scope ? `, ${scope}` : ""}`;
}

/** How far a run is, 0 to 1; null when its source does not know how much there is. */
export function progressShare({ progress }: Run): number | null {
  return progress?.total ? Math.min(1, progress.done / progress.total) : null;
}

/** How long a run took or has taken, in milliseconds. */
export function took({ started, ended }: { started: string; ended: string | null }, now = Date.now()): number {
  return Math.max(0, (ended ? Date.parse(ended) : now) - Date.parse(started));
}

/** The parts of what was read: wholly understood, tables only, not. What has no data flow by nature does not count. */
export function shares({ parsed, partial, failed }: Understood): { parsed: number; partial: number; failed: number } | null {
  const all = parsed + partial + failed;
  return all === 0 ? null : { parsed: parsed / all, partial: partial / all, failed: failed / all };
}

const phases: Record<string, string> = { connect: "Connect", list: "List", describe: "Schemas", grants: "Grants", lineage: "Lineage", history: "Statements", sample: "Samples" };

export const phaseWord = (name: string) => phases[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

/** The run that is looked at: the one of the address, else the one that most wants a look, else the newest. */
export function chosenRun(sources: Source[], asked: string | undefined): string | undefined {
  if (asked) return asked;
  const unclear = (source: Source) => (source.understood ? source.understood.partial + source.understood.failed : 0) > 0;
  const first = wanting(sources)[0] ?? sources.find((source) => standing(source.last?.state) === "partly") ?? sources.find(unclear);
  if (first?.last) return first.last.id;
  return sources.flatMap((source) => source.last ?? []).sort((a, b) => Date.parse(b.started) - Date.parse(a.started))[0]?.id;
}
