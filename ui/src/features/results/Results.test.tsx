import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderAt } from "~/shared/testing/renderAt";
import type { Answer, Hit } from "./model";
import { Results } from "./Results";

const name = (short: string, more = {}) => ({ id: `urn:${short}`, name: `w.analytics.${short}`, short, path: "w.analytics", type: "dataset", subtype: "table", platform: "sqlite", zone: "analytics", ...more });
const line = (short: string, more = {}) => ({ ...name(short), description: "Net revenue a day.", certification: null, deprecation: null, personal: [], trust: { score: 0.88, known: 1, signals: [] }, ...more });
const hit = (rank: number, asset: Hit["asset"], more: Partial<Hit> = {}): Hit => ({
  rank,
  stage: "name",
  score: 1,
  reasons: ["used by 41 people"],
  penalties: [],
  columns: [],
  matched: [],
  asset,
  similar: [],
  explanation: { text: 7.1, trustFactor: 1.34, personal: 1, score: 9.5, stage: "every word stands in its name", beats: "raw_data.revenue", because: "because 41 people use it, against 2", penalties: [] },
  ...more,
});
const daily = line("revenue_daily");
const old = line("revenue_daily_v1", { deprecation: { note: "wrong day", since: null, replacement: name("revenue_daily") } });
const empty: Answer = { total: 0, note: "", suggestion: "revenue", advice: ["Without the zone, 3 assets match."], complete: true, took: 1, stages: [], facets: [{ field: "zone", title: "Zone", values: [{ value: "adhoc", label: "adhoc", count: 3 }] }], card: null, hits: [] };
const full: Answer = { ...empty, total: 203, stages: [{ name: "name", count: 9 }], hits: [hit(1, daily, { similar: [{ ...name("copy"), freshness: { state: "stale", detail: "last written 61 days ago" } }] }), hit(2, old, { penalties: ["deprecated ×0.25"] })] };
const acts = { onToggle: vi.fn(), onChoose: vi.fn(), onMore: vi.fn(), onExplain: vi.fn(), onExplained: vi.fn(), onOpened: vi.fn() };

function results(answer: Answer, more = {}) {
  return renderAt(<Results answer={answer} address={{ q: "revenue" }} chosen={answer.hits[0]} stale={false} explained={false} sort="RELEVANCE" tools={null} {...acts} {...more} />);
}

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

describe("results", () => {
  it("stand in stages with their totals, reasons and penalties", async () => {
    await results(full);
    const stage = within(screen.getByRole("region", { name: "name" }));
    expect(stage.getByText("Every word stands in name or path")).toBeTruthy();
    expect(stage.getByText("9")).toBeTruthy();
    expect(stage.getAllByText(/Used by 41 people/)).toHaveLength(2);
    expect(stage.getByText("deprecated ×0.25")).toBeTruthy();
  });

  it("name the replacement of a deprecated one", async () => {
    await results(full);
    const entry = screen.getAllByRole("listitem").find((item) => item.dataset.hit === old.id);
    expect(entry?.textContent).toContain("Use analytics.revenue_daily instead");
  });

  it("fold copies under the best", async () => {
    await results(full);
    expect(screen.getByText(/similar table/).textContent).toContain("1");
    expect(screen.getByText("last written 61 days ago")).toBeTruthy();
  });

  it("explain the chosen one", async () => {
    await results(full);
    const why = within(screen.getByRole("complementary", { name: "Why here" }));
    expect(why.getByText("Why it stands first")).toBeTruthy();
    expect(why.getByText("9.50")).toBeTruthy();
    expect(why.getByText("raw_data.revenue")).toBeTruthy();
  });

  it("are narrowed by facets", async () => {
    await results(full);
    await userEvent.click(screen.getByRole("checkbox", { name: /adhoc/ }));
    expect(acts.onToggle).toHaveBeenCalledWith("zone", "adhoc");
  });

  it("go on with the next page while there are more", async () => {
    await results(full);
    await userEvent.click(screen.getByRole("button", { name: "Show more" }));
    expect(acts.onMore).toHaveBeenCalledTimes(1);
  });

  it("ask to narrow when there are too many", async () => {
    const many = Array.from({ length: 100 }, (_, rank) => hit(rank + 1, line(`t${rank}`)));
    await results({ ...full, total: 5041, hits: many });
    expect(screen.getByText(/5 041 assets match/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });

  it("say what to do when nothing matches", async () => {
    await results(empty, { address: { q: "revnue", zone: "adhoc" }, chosen: undefined });
    expect(screen.getByText("Nothing matches “revnue”")).toBeTruthy();
    expect(screen.getByRole("link", { name: "revenue" }).getAttribute("href")).toContain("q=revenue");
    await userEvent.click(screen.getByRole("button", { name: "Without “adhoc”" }));
    expect(acts.onToggle).toHaveBeenCalledWith("zone", "adhoc");
  });
});
