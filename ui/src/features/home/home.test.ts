import { describe, expect, it } from "vitest";
import { byWeight, numbers, weeks, zones } from "./model";

const line = (name: string, platform: string, datasets: number, used: number | null = 1) => ({ name, platform, datasets, certified: 1, personal: 2, used });

describe("the estate", () => {
  it("is by zone, in the order of the flow, the largest system first", () => {
    const made = zones([line("adhoc", "sqlite", 3), line("analytics", "sqlite", 2), line("analytics", "hive", 9), line("shop", "mysql", 1), line("raw_data", "sqlite", 4)]);
    expect(made.map((zone) => zone.name)).toEqual(["raw_data", "analytics", "adhoc", "shop"]);
    expect(made[1]?.systems.map((system) => system.platform)).toEqual(["hive", "sqlite"]);
    expect(made[1]).toMatchObject({ datasets: 11, certified: 2, personal: 4, used: 2 });
  });

  it("keeps unknown use apart from none", () => {
    expect(zones([line("a", "x", 1, null)])[0]?.used).toBeNull();
    expect(zones([line("a", "x", 1, 0)])[0]?.used).toBe(0);
    expect(zones([line("a", "x", 1, null), line("a", "y", 1, 3)])[0]?.used).toBe(3);
  });
});

describe("the agreed numbers", () => {
  it("are metrics, not words", () => {
    const metric = (subtype: string) => ({ term: { id: subtype, name: "", short: subtype, path: "", type: "term", subtype, platform: "", zone: "", term: null }, table: null, dashboard: null });
    expect(numbers([metric("metric"), metric("")]).map(({ term }) => term.short)).toEqual(["metric"]);
  });
});

describe("weeks", () => {
  it("are whole and end today", () => {
    const days = Array.from({ length: 16 }, (_, day) => ({ people: day }));
    expect(weeks(days)).toEqual([2 + 3 + 4 + 5 + 6 + 7 + 8, 9 + 10 + 11 + 12 + 13 + 14 + 15]);
  });

  it("are at most twelve", () => expect(weeks(Array.from({ length: 90 }, () => ({ people: 1 })))).toEqual(Array.from({ length: 12 }, () => 7)));
});

describe("changes", () => {
  it("that break stand first, then the newest", () => {
    const change = (at: string, breaking: boolean) => ({ number: 1, at, kind: "changed", text: "", by: "", breaking, asset: null });
    expect(byWeight([change("2026-11-18", false), change("2026-11-10", true), change("2026-11-19", false)]).map((each) => each.at)).toEqual(["2026-11-10", "2026-11-19", "2026-11-18"]);
  });
});
