import { describe, expect, it } from "vitest";
import { grouped, kept, marked } from "./model";

const asset = (short: string, type: string, subtype = "") => ({ id: `urn:li:${short}`, name: short, short, path: "", type, subtype, platform: "sqlite", zone: "analytics", trust: { score: 0.88, known: 1 } });

describe("suggestions", () => {
  it("stand under the head of their kind, words last", () => {
    const groups = grouped([
      { text: "revenue", asset: null },
      { text: "Net revenue", asset: asset("Net revenue", "term", "metric") },
      { text: "fct_revenue", asset: asset("fct_revenue", "dataset", "table") },
      { text: "v_revenue", asset: asset("v_revenue", "dataset", "view") },
    ]);
    expect(groups.map(({ head, suggestions }) => [head, suggestions.length])).toEqual([
      ["Terms", 1],
      ["Tables", 2],
      ["As words", 1],
    ]);
  });

  it("mark what was typed", () => {
    expect(marked("analytics.fct_revenue", "Rev")).toEqual([{ start: 14, end: 17 }]);
    expect(marked("orders", "rev")).toEqual([]);
    expect(marked("orders", " ")).toEqual([]);
  });
});

describe("the reader's own searches", () => {
  it("are those with a name, then those made lately that have none", () => {
    const made = kept({
      savedSearches: [{ name: "Monday", query: "revenue", sort: "USED", filters: [{ field: "zone", values: ["analytics"] }] }],
      recentSearches: [
        { query: "refund", total: 12, filters: [] },
        { query: "revenue", total: 3, filters: [{ field: "zone", values: ["analytics"] }] },
      ],
    });
    expect(made.map(({ head, searches }) => [head, searches.map(({ word, hint }) => `${word}: ${hint.replace(/\u00a0/g, " ")}`)])).toEqual([
      ["Saved", ["Monday: revenue, analytics"]],
      ["Lately", ["refund: 12 assets", "revenue: analytics"]],
    ]);
    expect(made[0]?.searches[0]?.address).toEqual({ q: "revenue", zone: "analytics", sort: "used" });
  });
});
