import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LastRuns } from "./LastRuns";
import { chosenRun, happened, progressShare, shares, standing, summary, took, wanting, type Run, type Source } from "./model";
import { causes, headline, wordsIn, type Misread, type Report } from "./misread";
import { Misreads } from "./Misreads";
import { UnderstoodBar } from "./UnderstoodBar";

const run = (id: string, state: string, more: Partial<Run> = {}): Run => ({
  id,
  source: id,
  kind: "crawl",
  state,
  started: "2026-11-20T08:00:00Z",
  ended: "2026-11-20T08:00:04Z",
  progress: null,
  created: 0,
  changed: 0,
  unchanged: 0,
  gone: 0,
  failed: 0,
  phases: [],
  problems: [],
  understood: null,
  ...more,
});
const source = (name: string, last: Run | null, more: Partial<Source> = {}): Source => ({ name, type: "sqlite", schedule: "", datasets: 3, grade: "R", understood: null, last, history: last ? [last] : [], ...more });

describe("runs", () => {
  it("stand as people say it", () => {
    expect(["ok", "partial", "needs-approval", "running", "boom", undefined].map(standing)).toEqual(["done", "partly", "needs-you", "running", "failed", "never"]);
    expect(summary([source("a", run("a", "ok")), source("b", run("b", "failed")), source("c", null)]).replace(/\u00a0/g, " ")).toBe("3 sources. 1 done, 1 failed, 1 never ran.");
  });

  it("say what happened, a problem first", () => {
    expect(happened(run("a", "ok", { created: 2, gone: 1 }))).toBe("2 new, 1 gone");
    expect(happened(run("a", "ok", { unchanged: 57 }))).toBe("nothing new, 57 as before");
    expect(happened(run("a", "failed", { problems: [{ class: "auth", scope: "", text: "the login was refused", fix: "" }] }))).toBe("the login was refused");
    expect(happened(run("a", "running", { progress: { phase: "describe", scope: "main", done: 3, total: 10 } }))).toBe("describe: 3 of 10, main");
  });

  it("know how far they are only where somebody can know", () => {
    expect(progressShare(run("a", "running", { progress: { phase: "history", scope: "", done: 5, total: null } }))).toBeNull();
    expect(progressShare(run("a", "running", { progress: { phase: "history", scope: "", done: 5, total: 10 } }))).toBe(0.5);
    expect(took({ started: "2026-11-20T08:00:00Z", ended: null }, Date.parse("2026-11-20T08:01:00Z"))).toBe(60_000);
  });

  it("that need a person stand first, and are looked at first", () => {
    const sources = [source("fine", run("fine", "ok")), source("broken", run("broken", "failed")), source("gone", run("gone", "needs-approval"))];
    expect(wanting(sources).map(({ name }) => name)).toEqual(["gone", "broken"]);
    expect(chosenRun(sources, undefined)).toBe("gone");
    expect(chosenRun(sources, "fine")).toBe("fine");
    expect(chosenRun([], undefined)).toBeUndefined();
  });

  it("are drawn as twelve places; what never ran is hatched, what failed stands on the base", () => {
    const { container } = render(<LastRuns history={[{ id: "1", state: "ok", started: "2026-11-20T08:00:00Z", ended: "2026-11-20T08:00:04Z" }, { id: "2", state: "failed", started: "2026-11-20T09:00:00Z", ended: "2026-11-20T09:00:01Z" }]} />);
    expect(container.querySelectorAll(".chart-unknown")).toHaveLength(10);
    expect(container.querySelectorAll(".chart-zero")).toHaveLength(1);
    expect(screen.getByRole("img").getAttribute("aria-label")?.replace(/\u00a0/g, " ")).toBe("2 runs, 1 failed, the last failed");
  });
});

describe("understanding", () => {
  it("is never rounded up to everything", () => {
    expect(shares({ parsed: 57_951, partial: 2, failed: 1, skipped: 3 })?.parsed).toBeLessThan(1);
    render(<UnderstoodBar understood={{ parsed: 57_951, partial: 2, failed: 1, skipped: 3 }} />);
    expect(screen.getByRole("img").getAttribute("aria-label")?.replace(/\u00a0/g, " ")).toBe("over 99.9 % understood in full, under 0.1 % in part, under 0.1 % not");
    expect(shares({ parsed: 0, partial: 0, failed: 0, skipped: 3 })).toBeNull();
  });

  it("puts reasons of one construct together, and counts what moves data alone", () => {
    const reasons = [
      { outcome: "partial", code: "truncated", reason: "truncated: ?", count: 2 },
      { outcome: "failed", code: "unknown_statement", reason: "unknown_statement", count: 4 },
      { outcome: "partial", code: "truncated", reason: "truncated: BY", count: 3 },
    ];
    expect(causes(reasons)).toEqual([
      { key: "partial.truncated", outcome: "partial", code: "truncated", count: 5, words: ["?", "BY"] },
      { key: "failed.unknown_statement", outcome: "failed", code: "unknown_statement", count: 4, words: [] },
    ]);
    expect(headline({ total: { statements: 4313, parsed: 4298, partial: 11, failed: 1, skipped: 3 } }).replace(/\u00a0/g, " ")).toBe("12 of 4 310 statements were not wholly understood");
  });

  const at = (sql: string, wordsStart: number | null, wordsEnd: number | null) => wordsIn({ sql, wordsStart, wordsEnd }).map(({ start, end }) => sql.slice(start, end));

  it("marks the words that were stumbled over, counted in whole characters", () => {
    expect(at("SELCT day FROM x", 0, 5)).toEqual(["SELCT"]);
    expect(at("SELECT '💥' BOOM", 11, 15)).toEqual(["BOOM"]);
    expect(at("SELECT 1", null, null)).toEqual([]);
  });

  it("shows each statement with what it means, and says so when one is understood by now", () => {
    const misread = (id: string, now: string): Misread => ({ id, sql: "SELCT day FROM x", length: 0, outcome: "failed", code: "unknown_statement", reason: "", words: "SELCT", now, runs: 3, users: ["mina"], wordsStart: 0, wordsEnd: 5 });
    const report: Report = { total: { statements: 9, parsed: 7, partial: 0, failed: 2, skipped: 0 }, reasons: [{ outcome: "failed", code: "unknown_statement", reason: "unknown_statement: SELCT", count: 2 }], tools: [{ tool: "psql", total: { statements: 9, partial: 0, failed: 2, skipped: 0 } }], statements: { total: 2, next: null, items: [] } };
    const { container } = render(<Misreads report={report} statements={[misread("a", "failed"), misread("b", "parsed")]} onWhy={() => undefined} loadingMore={false} />);
    expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["SELCT", "SELCT"]);
    expect(screen.getByText(/What it reads and writes is unknown/)).toBeTruthy();
    expect(screen.getByText(/Understood since/)).toBeTruthy();
    expect(screen.getByText(/From psql/).textContent?.replace(/\u00a0/g, " ")).toBe("From psql (2 of 9)");
  });

  it("says so when nothing is missing", () => {
    render(<Misreads report={{ total: { statements: 1, parsed: 1, partial: 0, failed: 0, skipped: 0 }, reasons: [], tools: [], statements: { total: 0, next: null, items: [] } }} statements={[]} onWhy={() => undefined} loadingMore={false} />);
    expect(screen.getByText("Every statement was understood")).toBeTruthy();
  });
});
