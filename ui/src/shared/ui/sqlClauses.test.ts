import { describe, expect, it } from "vitest";
import { broken, moved } from "./sqlClauses";

const one = "INSERT INTO a.revenue (day, net) SELECT f.day, round(sum(f.net), ?) AS net FROM a.fct f LEFT JOIN (SELECT id FROM b.c) c USING (id) WHERE f.day = ? GROUP BY f.day";

describe("a statement on one line", () => {
  it("is broken before its clauses, deeper ones further in", () => {
    expect(broken(one).split("\n")).toEqual([
      "INSERT INTO a.revenue (day, net)",
      "SELECT f.day,",
      "  round(sum(f.net), ?) AS net",
      "FROM a.fct f",
      "LEFT JOIN (SELECT id",
      "  FROM b.c) c",
      "USING (id)",
      "WHERE f.day = ?",
      "GROUP BY f.day",
    ]);
  });

  it("loses nothing but spaces, and leaves quoted names alone", () => {
    const odd = `SELECT "from  where", x FROM "a  group by b" WHERE y = ? AND z = ? AND a_long_name = another_name`;
    expect(broken(odd).replace(/\s/g, "")).toBe(odd.replace(/\s/g, ""));
    expect(broken(odd)).toContain('"a  group by b"');
  });

  it("keeps the lines that it has", () => expect(broken("select 1\nfrom t")).toBe("select 1\nfrom t"));

  it("finds a stretch again after the spaces changed", () => {
    const start = one.indexOf("round");
    const text = broken(one);
    const { start: from, end } = moved({ start, end: start + "round(sum(f.net), ?)".length }, one, text);
    expect(text.slice(from, end)).toBe("round(sum(f.net), ?)");
  });
});
