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

describe("features", () => {
  it("share no class of their sheets: one sheet holds for all pages", () => {
    const owners = new Map<string, Set<string>>();
    for (const file of sheets) {
      const topic = /^src\/features\/([^/]+)/.exec(file)?.[1] ?? "shared";
      for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/(?:^|[},]\s*)\.([a-z][\w-]*)\s*\{/gm)) owners.set(name, (owners.get(name) ?? new Set()).add(topic));
    }
    expect([...owners].filter(([, topics]) => topics.size > 1).map(([name, topics]) => `${name}: ${[...topics].join(", ")}`)).toEqual([]);
  });
});

describe("modules", () => {
  it("have no barrels", () => {
    expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
  });

  it("have no cycles", () => {
    const graph = new Map(files.filter((file) => /\.tsx?$/.test(file)).map((file) => [file, imports(file)]));
    expect(cycle(graph)).toEqual([]);
  });

  it("would be caught in a cycle", () => {
    const graph = new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", []], ["d", ["b"]]]);
    expect(cycle(graph)).toEqual(["b", "d", "b"]);
  });
});

/** The modules of ours that a module imports; types count, for they too bind two files together. */
function imports(file: string): string[] {
  const named = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?"((?:~|\.)\/[^"]+)"/g);
  return [...named].flatMap(([, path = ""]) => {
    const base = path.startsWith("~/") ? `src/${path.slice(2)}` : `${file.slice(0, file.lastIndexOf("/"))}/${path.slice(2)}`;
    return files.filter((each) => each === `${base}.ts` || each === `${base}.tsx`);
  });
}

/** The first cycle found, as the way around it; nothing when there is none. */
function cycle(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const walk = (node: string, way: string[]): string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return [];
    const found = (graph.get(node) ?? []).map((next) => walk(next, [...way, node])).find((each) => each.length > 0);
    done.add(node);
    return found ?? [];
  };
  return [...graph.keys()].map((node) => walk(node, [])).find((each) => each.length > 0) ?? [];
}
