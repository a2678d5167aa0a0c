import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Rules that no linter here reads: those of style sheets, and the absence of barrels. */
const files = readdirSync("src", { recursive: true, encoding: "utf8" }).map((name) => `src/${name}`);
const sheets = files.filter((file) => file.endsWith(".css") && !file.endsWith("tokens.css"));

describe("style sheets", () => {
  it.each(sheets)("%s takes its colours from tokens.css", (file) => {
    const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/url\([^)]*\)/g, "");
    expect(text.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|\blight-dark\(/gi) ?? []).toEqual([]);
  });

  it.each(sheets)("%s takes its faces from tokens.css", (file) => {
    if (file.endsWith("fonts.css")) return;
    const named = readFileSync(file, "utf8").match(/font-family:\s*(?!\s*var\(--(?:book|plain|fixed)\))\S[^;]*/g) ?? [];
    expect(named).toEqual([]);
  });
});

describe("modules", () => {
  it("have no barrels", () => {
    expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
  });
});
