import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { cells, trustSentence, type TrustValue } from "./trust";
import { Trust } from "./Trust";

const signals = [
  { key: "usage", weight: 0.25, value: 1, text: "41 people" },
  { key: "certification", weight: 0.75, value: null, text: "nobody was asked" },
];
const trust: TrustValue = { score: 51, known: 0.46, signals };

describe("the strip", () => {
  it("makes a cell as wide as its weight and as high as its value", () => {
    const [usage, certification] = cells(signals, 102, 20);
    expect(usage).toMatchObject({ x: 0, width: 25, height: 20 });
    expect(certification).toMatchObject({ x: 26, width: 75, height: null });
  });

  it("has no cells when nothing has a weight", () => expect(cells([], 100, 20)).toEqual([]));
});

describe("trust", () => {
  it("is said in one sentence", () => expect(trustSentence(trust)).toBe("Trust 51 of 100, of 46 % known"));

  it("shows a question mark instead of a number that speaks of nothing", () => {
    render(<Trust trust={{ ...trust, score: null, known: 0.1 }} />);
    expect(screen.getByRole("img", { name: /trust unknown/i }).textContent).toContain("?");
  });

  it("is zero, with the barrier, under quarantine", () => {
    render(<Trust trust={trust} quarantined />);
    expect(screen.getByRole("img", { name: "Trust 0: quarantined" })).toBeTruthy();
  });
});
