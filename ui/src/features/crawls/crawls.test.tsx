import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LastRuns } from "./LastRuns";
import { chosenRun, happened, progressShare, shares, standing, summary, took, wanting, type Run, type Source } from "./model";
import { offending, reasonWords } from "./offending";
import { Reasons } from "./Reasons";
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
    expect(shares({ parsed: 57_951, partial: 2, failed: 1, skipped: 3, reasons: [] })?.parsed).toBeLessThan(1);
    render(<UnderstoodBar understood={{ parsed: 57_951, partial: 2, failed: 1, skipped: 3, reasons: [] }} />);
    expect(screen.getByRole("img").getAttribute("aria-label")?.replace(/\u00a0/g, " ")).toBe("over 99.9 % understood in full, under 0.1 % in part, under 0.1 % not");
    expect(shares({ parsed: 0, partial: 0, failed: 0, skipped: 3, reasons: [] })).toBeNull();
  });

  const at = (sql: string, reason: string) => offending(sql, reason).map(({ start, end }) => sql.slice(start, end));

  it("shows the words that were stumbled over", () => {
    expect(at("SELCT day, net_revenue FROM x", "unknown_statement: line 1, column 1: SELCT day , net_revenue")).toEqual(["SELCT day, net_revenue"]);
    expect(at("COPY x FROM raw_data.payments", "unknown_clause: FROM raw_data . payments")).toEqual(["FROM raw_data.payments"]);
    expect(at("select a\nfrom boom!", "cannot read line 2, column 6")).toEqual(["boom!"]);
    expect(at("select 1", "a reason without a place")).toEqual([]);
    expect(reasonWords("unknown_clause: FROM raw_data")).toBe("unknown clause: FROM raw_data");
  });

  it("says so when nothing is missing", () => {
    render(<Reasons reasons={[]} />);
    expect(screen.getByText("Every statement was understood")).toBeTruthy();
  });
});
