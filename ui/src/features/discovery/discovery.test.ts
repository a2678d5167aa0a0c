import { describe, expect, it } from "vitest";
import { dearness, linesAsked, rise, sizeWords } from "./model";

const plain = (text: string) => text.replace(/\u00a0/g, " ");

describe("use", () => {
  it("rises by a share, or is new", () => {
    expect([rise({ queries: 220, before: 100 }), rise({ queries: 50, before: 100 }), rise({ queries: 3, before: 0 }), rise({ queries: 0, before: 0 })].map(plain)).toEqual(["+ 120 %", "− 50 %", "new", ""]);
  });

  it("is asked for page by page, up to what may be shown", () => {
    expect([linesAsked({}), linesAsked({ page: "2" }), linesAsked({ page: "999" }), linesAsked({ page: "x" })]).toEqual([30, 60, 300, 30]);
  });
});

describe("what nobody reads", () => {
  it("is as large as is known, and no zero where nothing is", () => {
    expect(plain(sizeWords({ total: 12, bytes: 4_100_000_000 }))).toBe("12 tables, 4.1 GB as far as sizes are known");
    expect(plain(sizeWords({ total: 1, bytes: 0 }))).toBe("1 table, sizes unknown");
  });
});

describe("what was dear", () => {
  it("is said by cost where the source tells it, else by time and bytes", () => {
    expect(plain(dearness({ seconds: 90, bytes: 2_000_000, cost: 0 }, "time"))).toBe("1 min 30 s, 2 MB");
    expect(plain(dearness({ seconds: 90, bytes: 0, cost: 0 }, "time"))).toBe("1 min 30 s");
    expect(plain(dearness({ seconds: 90, bytes: 0, cost: 1234.567 }, "cost"))).toBe("1 234.57");
  });
});
