import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderAt } from "~/shared/testing/renderAt";
import { isNone, promiseAsked, promised, withDay, wrongAge } from "./promise";
import { QualityTab } from "./QualityTab";

type Quality = Parameters<typeof QualityTab>[0]["quality"];
const none: Quality = { id: "urn:1", quality: { known: false, passing: 0, failing: 0, share: null, checks: [] }, volume: { state: "unknown", detail: "", low: null, high: null, sizes: [] }, sla: null, incidents: [] };
const plain = (text: string | null | undefined) => text?.replace(/\u00a0/g, " ");

describe("quality", () => {
  it("says what would make it known, and draws no zero", async () => {
    await renderAt(<QualityTab quality={none} mayEdit={false} />);
    expect(screen.getByText("No check is known")).toBeTruthy();
    expect(screen.getByText("Nothing is promised of it. A steward may promise a time of day, or how old it may become.")).toBeTruthy();
    expect(screen.queryByRole("table")).toBeNull();
  });

  it("shows a failing check with its runs, a kept promise and an open incident", async () => {
    const check = { name: "not_null", column: "net_revenue", source: "import", status: "failed", severity: "critical", message: "3 rows are empty", at: "2026-11-20T06:00:00Z", runs: [{ at: "2026-11-20T06:00:00Z", status: "failed" }, { at: "2026-11-19T06:00:00Z", status: "passed" }] };
    await renderAt(
      <QualityTab
        mayEdit
        quality={{
          ...none,
          quality: { known: true, passing: 0, failing: 1, share: 0.5, checks: [check] },
          sla: { text: "by 07:30 in Europe/Berlin every day", kept30: 0.9667, kept90: 0.98, judged: 88, by: null, days: [{ day: "2026-11-19T00:00:00Z", state: "kept" }, { day: "2026-11-20T00:00:00Z", state: "missed" }] },
          incidents: [{ id: "urn:i", kind: "check", severity: "critical", title: "not_null fails", detail: "3 rows are empty", opened: "2026-11-20T06:00:00Z", closed: null, note: "", by: null }],
        }}
      />,
    );
    expect(plain(screen.getByRole("img", { name: /^not_null/ }).getAttribute("aria-label"))).toBe("not_null: 2 runs, 1 passed, 1 failed");
    expect(plain(screen.getByRole("img", { name: /^Promise by day/ }).getAttribute("aria-label"))).toBe("Promise by day: 2 days, 1 kept, 1 missed");
    expect(plain(screen.getByText(/kept in 30 days/).parentElement?.textContent)).toBe("96.7 % kept in 30 days");
    expect(plain(screen.getByRole("region", { name: "Incidents" }).querySelector("h3")?.textContent)).toBe("1 open incident");
    expect(screen.getByRole("button", { name: "Close “not_null fails”" })).toBeTruthy();
  });
});

describe("a promise", () => {
  const now = { dueBy: "07:30", zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], freshnessHours: null };

  it("begins with what is promised, else with nothing, in the reader's own zone", () => {
    expect(promised(now)).toEqual({ dueBy: "07:30", zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], hours: "" });
    expect(promised({ ...now, dueBy: "", zone: "", weekdays: [], freshnessHours: 26 }, "Asia/Seoul")).toEqual({ dueBy: "", zone: "Asia/Seoul", weekdays: [], hours: "26" });
    expect(promised({ ...now, zone: "" }, "Asia/Seoul").zone).toBe("UTC");
    expect(isNone(promised(null, "UTC"))).toBe(true);
  });

  it("takes days in their order, and all seven as every day", () => {
    expect(withDay([1, 5], 3)).toEqual([1, 3, 5]);
    expect(withDay([1, 3, 5], 3)).toEqual([1, 5]);
    expect(withDay([1, 2, 3, 4, 5, 6], 7)).toEqual([]);
  });

  it("sends zone and days with a time of day alone", () => {
    const wish = { ...promised(now), hours: "26" };
    expect(promiseAsked("urn:1", wish)).toEqual({ id: "urn:1", dueBy: "07:30", zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], freshnessHours: 26 });
    expect(promiseAsked("urn:1", { ...wish, dueBy: "" })).toEqual({ id: "urn:1", freshnessHours: 26 });
    expect([wrongAge({ ...wish, hours: "soon" }), wrongAge({ ...wish, hours: " " })]).toEqual(["A number of hours above 0.", undefined]);
  });
});
