import { describe, expect, it } from "vitest";
import { addressOf, sortOf } from "./facets";

describe("a search that was kept", () => {
  it("leads to the page it was kept from", () => {
    expect(addressOf({ query: "revenue", filters: [{ field: "platform", values: ["hive", "-mysql"] }, { field: "unheard", values: ["x"] }], sort: "USED" })).toEqual({ q: "revenue", system: "hive,-mysql", sort: "used" });
    expect(addressOf({ query: "", filters: [], sort: "RELEVANCE" })).toEqual({ q: undefined });
  });

  it("is by relevance where no order, or none that is known, is asked for", () => {
    expect([sortOf("name"), sortOf(undefined), sortOf("colour")]).toEqual(["NAME", "RELEVANCE", "RELEVANCE"]);
  });
});
