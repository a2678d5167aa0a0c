import { describe, expect, it } from "vitest";
import { headword, initials, language, pieces } from "./name";
import { bytes, count, nbsp, number, percent, total } from "./number";
import { clock, day, daysSince, duration, legalDate, moment, shortMonth } from "./time";

const plain = (text: string) => text.replaceAll(nbsp, " ");

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [5041, "5 041"],
    [184203551, "184 203 551"],
    [-12345.5, "-12 345.5"],
  ])("%d is said %s", (value, want) => expect(plain(number(value))).toBe(want));

  it("parts thousands with a space that does not break", () => expect(number(1204)).toBe("1\u00a0204"));

  it.each([
    [0.998, "99.8 %"],
    [1, "100 %"],
    [0, "0 %"],
    [0.0423, "4.2 %"],
  ])("%d of one is %s", (share, want) => expect(plain(percent(share))).toBe(want));

  it.each([
    [999, "999 B"],
    [41_000_000_000, "41 GB"],
    [1_400_000_000, "1.4 GB"],
    [40_960, "41 kB"],
  ])("%d bytes are %s", (value, want) => expect(plain(bytes(value))).toBe(want));

  it("counts one and many", () => {
    expect(plain(count(1, "table"))).toBe("1 table");
    expect(plain(count(41, "person", "people"))).toBe("41 people");
  });

  it("stops counting above ten thousand", () => {
    expect(plain(total(10_000))).toBe("10 000");
    expect(plain(total(10_001))).toBe("10 000+");
  });
});

describe("times", () => {
  const now = new Date(2026, 10, 20, 9, 20);
  const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString();

  it.each([
    [at(2026, 10, 20, 6, 10), "06:10 today"],
    [at(2026, 10, 19, 23, 59), "yesterday"],
    [at(2026, 10, 18, 0, 1), "18 Nov"],
    [at(2025, 4, 3), "3 May 2025"],
  ])("%s is said %s", (value, want) => expect(plain(moment(value, now))).toBe(want));

  it("counts days by the calendar, not by hours", () => {
    expect(daysSince(at(2026, 10, 19, 23, 59), now)).toBe(1);
    expect(daysSince(at(2026, 10, 26), now)).toBe(-6);
  });

  it.each([
    [400, "0.4 s"],
    [6_000, "6 s"],
    [124_000, "2 min 04 s"],
    [1_080_000, "18 min"],
  ])("%d ms are %s", (value, want) => expect(plain(duration(value))).toBe(want));

  it("says a date of law in full", () => expect(legalDate(at(2026, 11, 14))).toBe("Monday, 14 December 2026"));
  it("says when a certificate runs out", () => expect(plain(shortMonth(at(2027, 0, 31)))).toBe("Jan 2027"));
  it("gives the clock two figures each", () => expect(clock(at(2026, 10, 20, 6, 5))).toBe("06:05"));
  it("leaves out the year of today", () => expect(plain(day(at(2026, 0, 2), now))).toBe("2 Jan"));
});

describe("names", () => {
  it("break after dots and underscores", () => expect(pieces("analytics.fct_revenue")).toEqual(["analytics.", "fct_", "revenue"]));
  it("have a path and a headword", () => expect(headword("shop.public.orders")).toEqual(["shop.public.", "orders"]));
  it("have initials", () => {
    expect(initials("Mina Park")).toBe("MP");
    expect(initials("이하늘")).toBe("이");
  });
  it("in Korean are said to be Korean", () => {
    expect(language("순매출")).toBe("ko");
    expect(language("Net revenue")).toBeUndefined();
  });
});
