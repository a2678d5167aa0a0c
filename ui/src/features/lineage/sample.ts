import type { Answer } from "./model";

type Node = Answer["nodes"][number];
type Pair = Answer["columns"][number];

/** Ready-made pieces of an answer, for tests. */
export function node(short: string, depth: number, zone = "analytics", columns: string[] = [], more: Partial<Node> = {}): Node {
  return {
    id: `urn:${zone}.${short}`,
    depth,
    moreUp: 0,
    moreDown: 0,
    cycle: 0,
    feedsItself: false,
    asset: {
      id: `urn:${zone}.${short}`,
      name: `wh.${zone}.${short}`,
      short,
      path: `wh.${zone}`,
      type: "dataset",
      subtype: "table",
      platform: "sqlite",
      zone,
      deprecation: null,
      usage: { known: true, people: 1 },
      personal: [],
      columns: columns.map((name) => ({ name, personal: name === "email" ? { class: "user.contact.email", label: "e-mail", sensitivity: "high", state: "tagged" } : null })),
    },
    ...more,
  };
}

export function pair(from: string, to: string, subtype = "IDENTITY", more: Partial<Pair> = {}): Pair {
  return { from: end(from), to: end(to), type: "DIRECT", subtype, masking: false, candidate: false, expression: "", ...more };
}

function end(text: string): Pair["from"] {
  const [dataset = "", column = ""] = text.split("#");
  return { dataset: `urn:${dataset}`, name: dataset, column };
}

export function edge(from: string, to: string, more: Partial<Answer["edges"][number]> = {}): Answer["edges"][number] {
  return { from: `urn:${from}`, to: `urn:${to}`, origins: ["log"], confidence: 0.95, stale: false, disputed: false, refuted: null, ...more };
}

/** raw.payments -> analytics.stg -> analytics.revenue -> analytics.board; raw.users joins in. */
export function revenue(): Answer {
  return {
    root: "urn:analytics.revenue",
    more: 0,
    truncated: false,
    nodes: [
      node("revenue", 0, "analytics", ["day", "net", "payer"]),
      node("stg", -1, "analytics", ["cents", "email"]),
      node("payments", -2, "raw", ["amount", "email"]),
      node("users", -2, "raw", ["id"]),
      node("board", 1, "analytics", ["net"]),
    ],
    edges: [edge("analytics.stg", "analytics.revenue"), edge("raw.payments", "analytics.stg"), edge("raw.users", "analytics.stg", { confidence: 0.7 }), edge("analytics.revenue", "analytics.board", { stale: true })],
    columns: [
      pair("analytics.stg#cents", "analytics.revenue#net", "AGGREGATION", { expression: "sum( s.cents )" }),
      pair("raw.payments#amount", "analytics.stg#cents"),
      pair("raw.payments#email", "analytics.stg#email", "TRANSFORMATION", { masking: true }),
      pair("raw.users#id", "analytics.stg#cents", "JOIN", { type: "INDIRECT" }),
      pair("analytics.revenue#net", "analytics.board#net"),
    ],
  };
}

/** One table that many tables of one schema flow into. */
export function hub(many: number, zone = "adhoc"): Answer {
  const names = Array.from({ length: many }, (_, index) => `t${String(index).padStart(4, "0")}`);
  return {
    root: "urn:analytics.hub",
    more: 0,
    truncated: false,
    nodes: [node("hub", 0), ...names.map((name, index) => node(name, 1, zone, [], { asset: { ...assetOf(node(name, 1, zone)), usage: { known: true, people: many - index } } }))],
    edges: names.map((name) => edge("analytics.hub", `${zone}.${name}`)),
    columns: [],
  };
}

/** A graph of many assets around one: ten schemas, five steps each way, every asset fed by two of the step before. */
export function estate(many: number): Answer {
  const far = 5;
  const each = Math.floor(many / (2 * far));
  const name = (depth: number, index: number) => `t${depth}_${index}`;
  const zone = (index: number) => `s${index % 10}`;
  const place = (depth: number, index: number) => (depth === 0 ? "analytics.root" : `${zone(index % each)}.${name(depth, index % each)}`);
  const depths = Array.from({ length: 2 * far }, (_, index) => (index < far ? index - far : index - far + 1));
  const nodes = depths.flatMap((depth) => Array.from({ length: each }, (_, index) => node(name(depth, index), depth, zone(index))));
  const edges = depths.flatMap((depth) =>
    Array.from({ length: each }, (_, index) => {
      const inner = depth - Math.sign(depth);
      const ends = inner === 0 ? [0] : [index, index + 7];
      return ends.map((end) => (depth < 0 ? edge(place(depth, index), place(inner, end)) : edge(place(inner, end), place(depth, index))));
    }).flat(),
  );
  return { root: "urn:analytics.root", more: 0, truncated: false, nodes: [node("root", 0), ...nodes], edges, columns: [] };
}

function assetOf({ asset }: Node): NonNullable<Node["asset"]> {
  if (!asset) throw new Error("a sample node has an asset");
  return asset;
}
