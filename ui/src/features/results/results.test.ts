import { describe, expect, it } from "vitest";
import { request } from "./address";
import { chosenFilters, facets, nameRanges, sameSearch, stages, textRanges, type Hit } from "./model";

const asset = { id: "urn:1", name: "warehouse.analytics.fct_revenue", short: "fct_revenue", path: "warehouse.analytics", type: "dataset", subtype: "table", platform: "sqlite", zone: "analytics", description: "", certification: null, deprecation: null, personal: [], trust: { score: 0.9, known: 1, signals: [] } };
const hit = (more: Partial<Hit>): Hit => ({
  rank: 1,
  stage: "name",
  score: 1,
  reasons: [],
  penalties: [],
  columns: [],
  matched: [],
  asset,
  similar: [],
  explanation: { text: 1, trustFactor: 1, personal: 1, score: 1, stage: "", beats: "", because: "", penalties: [] },
  ...more,
});
const match = (field: string, as: string) => ({ word: as, field, how: "exact", as });

describe("the address", () => {
  it("asks for what it narrows by, under the server's names", () => {
    expect(request({ q: "revenue", kind: "table,view", pd: "-critical" })).toEqual({
      query: "revenue",
      filters: [
        { field: "kind", values: ["table", "view"] },
        { field: "personal", values: ["-critical"] },
      ],
      first: 20,
      sort: "RELEVANCE",
    });
  });

  it("asks for more pages, but for no more than a hundred hits", () => {
    expect(request({ q: "a", page: "3" }).first).toBe(60);
    expect(request({ q: "a", page: "99" }).first).toBe(100);
    expect(request({ q: "a", page: "x" }).first).toBe(20);
  });
});

describe("stages", () => {
  it("are sections in the order of the hits, with their totals", () => {
    const made = stages({ hits: [hit({ stage: "identity" }), hit({}), hit({})], stages: [{ name: "identity", count: 1 }, { name: "name", count: 9 }], total: 10 });
    expect(made.map(({ name, total, hits }) => [name, total, hits.length])).toEqual([
      ["identity", 1, 1],
      ["name", 9, 2],
    ]);
  });
});

describe("another order", () => {
  it("mixes the stages under one head", () => {
    const made = stages({ hits: [hit({}), hit({ stage: "identity" }), hit({})], stages: [], total: 41 }, "USED");
    expect(made.map(({ name, total, hits }) => [name, total, hits.length])).toEqual([["most used", 41, 3]]);
  });

  it("makes another search than the one that is kept", () => {
    const search: Parameters<typeof sameSearch>[0] = { query: "revenue ", filters: [{ field: "zone", values: ["b", "a"] }], sort: "USED" };
    expect(sameSearch(search, { query: "revenue", filters: [{ field: "zone", values: ["a", "b"] }], sort: "USED" })).toBe(true);
    expect(sameSearch(search, { query: "revenue", filters: [{ field: "zone", values: ["a", "b"] }], sort: "NAME" })).toBe(false);
  });
});

describe("matched words", () => {
  it("are marked in the name, behind the path", () => {
    expect(nameRanges(hit({ matched: [match("name", "Revenue")] }))).toEqual([{ start: 14, end: 21 }]);
  });
  it("are marked as asked when they stand so", () => {
    expect(nameRanges(hit({ matched: [{ ...match("name", ""), word: "revenue" }] }))).toEqual([{ start: 14, end: 21 }]);
  });
  it("are marked in the path", () => expect(nameRanges(hit({ matched: [match("path", "analytics")] }))).toEqual([{ start: 0, end: 9 }]));
  it("are not marked where they do not stand", () => expect(nameRanges(hit({ matched: [match("columns", "revenue")] }))).toEqual([]));
  it("are marked in columns", () => expect(textRanges("gross_revenue_usd", hit({ matched: [match("columns", "revenue")] }), "columns")).toEqual([{ start: 6, end: 13 }]));
});

describe("facets", () => {
  const answer = { facets: [{ field: "zone", title: "Zone", values: [{ value: "analytics", label: "analytics", count: 24 }, { value: "archive", label: "archive", count: 3 }] }, { field: "unheard", title: "?", values: [{ value: "x", label: "x", count: 1 }] }] };

  it("show what is chosen and what is left out", () => {
    const [zone, ...others] = facets(answer, { zone: "analytics,-archive" });
    expect(others).toEqual([]);
    expect(zone?.values).toEqual([
      { value: "analytics", word: "analytics", count: 24, on: true },
      { value: "-archive", word: "not archive", count: 3, on: true },
    ]);
  });

  it("keep a chosen value that has no hits any more", () => {
    expect(facets(answer, { zone: "adhoc" })[0]?.values.at(-1)).toEqual({ value: "adhoc", word: "adhoc", count: 0, on: true });
  });

  it("are said as chips", () => {
    expect(chosenFilters(answer, { zone: "-archive", owner: "ana" }).map(({ word }) => word)).toEqual(["not archive", "ana"]);
  });
});
