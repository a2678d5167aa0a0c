import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Sql } from "./Sql";
import { lines, tokens } from "./sqlTokens";

describe("a statement", () => {
  it("is cut into keywords, holes and the rest, losing nothing", () => {
    const line = "select sum(x) from a.t where d >= ? -- ok";
    const cut = tokens(line);
    expect(cut.map((token) => token.text).join("")).toBe(line);
    expect(cut.filter((token) => token.kind === "keyword").map((token) => token.text)).toEqual(["select", "from", "where"]);
    expect(cut.filter((token) => token.kind === "hole")).toHaveLength(1);
  });

  it("has lines that know where they start", () => {
    expect(lines("a\n\nbc")).toEqual([
      { line: "a", start: 0 },
      { line: "", start: 2 },
      { line: "bc", start: 3 },
    ]);
  });

  it("marks the span that says so, across tokens", () => {
    const { container } = render(<Sql text={"select a,\n  sum(b)\nfrom t"} label="Statement" matched={[{ start: 12, end: 18 }]} />);
    expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent).join("")).toBe("sum(b)");
    expect(screen.getByRole("region", { name: "Statement" }).textContent).toBe("select a,\n  sum(b)\nfrom t");
  });
});
