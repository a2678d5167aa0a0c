import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/app/styles/tokens.css", "utf8");

/** Text that stands on a ground, with the least contrast that WCAG 2.2 AA allows for it. */
const pairs: [text: string, grounds: string[], least: number][] = [
  ["ink", ["paper", "sheet", "sunk", "raised", "blaze-mark", "danger-soft"], 4.5],
  ["ink-2", ["paper", "sheet", "sunk", "raised"], 4.5],
  ["ink-3", ["paper", "sheet", "sunk", "raised"], 4.5],
  ["trust", ["paper", "sheet"], 4.5],
  ["late", ["paper", "sheet"], 4.5],
  ["danger", ["paper", "sheet", "danger-soft"], 4.5],
  ["person", ["paper", "sheet", "person-soft"], 4.5],
  ["on-blaze", ["blaze"], 4.5],
  ["on-person", ["person"], 4.5],
  ["on-danger", ["danger"], 4.5],
  ["control", ["paper", "sheet"], 3],
];

describe.each([
  ["light", 1],
  ["dark", 2],
] as const)("contrast in %s", (_, side) => {
  it.each(pairs.flatMap(([text, grounds, least]) => grounds.map((ground) => [text, ground, least] as const)))("%s on %s is at least %d : 1", (text, ground, least) => {
    expect(contrast(colour(text, side), colour(ground, side))).toBeGreaterThanOrEqual(least);
  });
});

function colour(token: string, side: 1 | 2): string {
  const found = new RegExp(`--${token}:\\s*light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)?.[side];
  if (!found) throw new Error(`no token --${token}`);
  return found;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channel(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
