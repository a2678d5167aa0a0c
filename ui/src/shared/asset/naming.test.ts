import { describe, expect, it } from "vitest";
import { kindOf, pathOf, saidName } from "./naming";
import { trustValue } from "./trustValue";

const table = { name: "warehouse.analytics.revenue_daily", short: "revenue_daily", path: "warehouse.analytics", type: "dataset", subtype: "view", zone: "analytics" };
const dashboard = { name: "Finance/Board revenue", short: "Board revenue", path: "Finance/", type: "dashboard", subtype: "", zone: "" };

describe("naming", () => {
  it("puts the zone before a table", () => expect(pathOf(table) + table.short).toBe("analytics.revenue_daily"));
  it("puts the folder before a dashboard", () => expect(pathOf(dashboard)).toBe("Finance / "));
  it("says a dashboard without its folder", () => expect(saidName(dashboard)).toBe("Board revenue"));
  it("takes the source's word for the kind", () => {
    expect(kindOf(table)).toBe("VIEW");
    expect(kindOf(dashboard)).toBe("DASHBOARD");
  });
});

describe("trust", () => {
  const signal = (name: string, known: boolean) => ({ name, value: 0.5, weight: 0.5, known, detail: "" });

  it("is no number when almost nothing is known", () => {
    expect(trustValue({ score: 0.9, known: 0.1, signals: [] }).score).toBeNull();
    expect(trustValue({ score: 0.876, known: 0.2, signals: [] }).score).toBe(88);
  });

  it("keeps unknown apart from zero", () => {
    const [usage, owner] = trustValue({ score: 0, known: 0.5, signals: [signal("usage", false), signal("owner", true)] }).signals;
    expect(usage?.value).toBeNull();
    expect(owner?.value).toBe(0.5);
  });
});
