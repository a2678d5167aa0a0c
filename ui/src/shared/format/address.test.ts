import { describe, expect, it } from "vitest";
import { list, parseSearch, toggled, word, writeSearch } from "./address";

describe("the address", () => {
  it("keeps words as they are, numbers too", () => {
    expect(parseSearch("?q=2026&zone=raw_data,-archive")).toEqual({ q: "2026", zone: "raw_data,-archive" });
  });

  it("leaves out what is not set", () => {
    expect(writeSearch({ q: "net revenue", zone: undefined, kind: "", hit: "urn:li:x" })).toBe("?q=net+revenue&hit=urn:li:x");
    expect(writeSearch({})).toBe("");
  });

  it("comes back the same", () => {
    const search = { q: "월별 매출 & more", zone: "a,b" };
    expect(parseSearch(writeSearch(search))).toEqual(search);
  });

  it("holds lists whose items can be toggled", () => {
    expect(list(undefined)).toEqual([]);
    expect(toggled(undefined, "a")).toBe("a");
    expect(toggled("a,b", "a")).toBe("b");
    expect(toggled("a", "a")).toBeUndefined();
  });

  it("gives words only where there are some", () => {
    expect(word({ tab: "usage", n: 3 }, "tab")).toBe("usage");
    expect(word({ tab: "usage", n: 3 }, "n")).toBeUndefined();
  });
});
