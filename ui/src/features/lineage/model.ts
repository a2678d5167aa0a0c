import { kindOf, saidName } from "~/shared/asset/naming";
import type { DrawnFragment } from "~/shared/graphql/generated/operations";
import { stateOf, type Mark } from "~/shared/review/marks";
import { add } from "./lists";

export type Answer = DrawnFragment;
type Asset = NonNullable<Answer["nodes"][number]["asset"]>;
type Pair = Answer["columns"][number];

/** How data goes over one step; what a person sees as the kind of line. */
export type How = "identity" | "transformation" | "aggregation" | "masked" | "indirect" | "table" | "flow";

/** A column of a node that takes part in the trace. */
export interface NodeColumn {
  name: string;
  mark?: Mark;
}

/** An asset of the graph; without an asset it is one that the reader may not see. */
export interface GraphNode {
  id: string;
  depth: number;
  asset?: Asset;
  /** The name, and what stands above it: "raw_data · sqlite". */
  name: string;
  place: string;
  kind: string;
  columns: NodeColumn[];
  /** Personal data in any of its columns, for the view of tables. */
  marks: Mark[];
  moreUp: number;
  moreDown: number;
  people: number;
  /** How many assets feed each other in a circle with it; 0 for none. */
  cycle: number;
  feedsItself: boolean;
}

/** One step: data of one asset, or of one of its columns, goes into another. */
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  fromColumn?: string;
  toColumn?: string;
  how: How;
  /** What the server calls it, in small letters: filter, join, group by, identity … */
  subtype: string;
  candidate: boolean;
  expression: string;
  confidence: number;
  origins: string[];
  stale: boolean;
  /** A source that knows every input does not know this step. */
  disputed: boolean;
  /** A person says that it is wrong. */
  refuted: Answer["edges"][number]["refuted"];
}

/** The graph as it is looked at: filtered, and only what hangs together with its root. */
export interface Graph {
  root: string;
  column?: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface Filter {
  indirect: boolean;
  stale: boolean;
  refuted: boolean;
}

/** Makes the graph of an answer: steps between columns where they are known and asked for, else between tables. */
export function graphOf(answer: Answer, column: string | undefined, filter: Filter, columns = true): Graph {
  const table = new Map(answer.edges.map((edge) => [`${edge.from}>${edge.to}`, edge]));
  const direct = answer.columns.map((pair) => columnEdge(pair, table.get(`${pair.from.dataset}>${pair.to.dataset}`)));
  const known = new Set(direct.map((edge) => `${edge.from}>${edge.to}`));
  const whole = column ? [] : answer.edges.filter((edge) => !known.has(`${edge.from}>${edge.to}`)).map((edge) => tableEdge(edge, columns ? "table" : "flow"));
  const edges = strongest([...direct, ...whole]).filter((edge) => (filter.stale || !edge.stale) && (filter.refuted || !edge.refuted) && (filter.indirect || edge.how !== "indirect"));
  const reached = connected(answer.root, edges);
  const kept = edges.filter((edge) => reached.has(edge.from) && reached.has(edge.to));
  const used = usedColumns(kept);
  if (column) used.set(answer.root, (used.get(answer.root) ?? new Set()).add(column));
  const nodes = answer.nodes.filter((node) => reached.has(node.id)).map((node) => graphNode(node, columnsOn(node, used.get(node.id))));
  return { root: answer.root, column, nodes, edges: kept };
}

function columnEdge(pair: Pair, table: Answer["edges"][number] | undefined): GraphEdge {
  const how: How = pair.masking ? "masked" : pair.type === "INDIRECT" ? "indirect" : directHow(pair.subtype);
  return {
    id: `${pair.from.dataset}#${pair.from.column}>${pair.to.dataset}#${pair.to.column}`,
    from: pair.from.dataset,
    to: pair.to.dataset,
    fromColumn: pair.from.column || undefined,
    toColumn: pair.to.column || undefined,
    how,
    subtype: pair.subtype.toLowerCase().replaceAll("_", " "),
    candidate: pair.candidate,
    expression: pair.expression,
    confidence: table?.confidence ?? 0,
    origins: table?.origins ?? [],
    stale: table?.stale ?? false,
    disputed: table?.disputed ?? false,
    refuted: table?.refuted ?? null,
  };
}

function directHow(subtype: string): How {
  return subtype === "AGGREGATION" ? "aggregation" : subtype === "IDENTITY" ? "identity" : "transformation";
}

function tableEdge(edge: Answer["edges"][number], how: "table" | "flow"): GraphEdge {
  return { ...edge, id: `${edge.from}>${edge.to}`, how, subtype: "", candidate: false, expression: "" };
}

/** Two columns are joined by one line: a value that flows is drawn before one that only steers. */
function strongest(edges: GraphEdge[]): GraphEdge[] {
  const best = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const before = best.get(edge.id);
    if (!before || (before.how === "indirect" && edge.how !== "indirect")) best.set(edge.id, edge);
  }
  return [...best.values()];
}

function connected(root: string, edges: GraphEdge[]): Set<string> {
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges) {
    add(beside, from, to);
    add(beside, to, from);
  }
  const reached = new Set([root]);
  const queue = [root];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const next of beside.get(at) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return reached;
}

function graphNode(node: Answer["nodes"][number], columns: NodeColumn[]): GraphNode {
  const { id, depth, moreUp, moreDown, cycle, feedsItself } = node;
  const asset = node.asset ?? undefined;
  if (!asset) return { id, depth, name: "1 table", place: "you may not see it", kind: "hidden", columns, marks: [], moreUp: 0, moreDown: 0, people: 0, cycle, feedsItself };
  const above = asset.type === "dataset" ? asset.zone : asset.path.replace(/[./ ]+$/, "");
  return {
    id,
    depth,
    asset,
    name: asset.short,
    place: [above, asset.platform].filter(Boolean).join(" · "),
    kind: kindOf(asset),
    columns,
    marks: asset.personal.filter((mark) => stateOf(mark)),
    moreUp,
    moreDown,
    people: asset.usage.known ? asset.usage.people : 0,
    cycle,
    feedsItself,
  };
}

/** The columns of each asset that take part in a step. */
function usedColumns(edges: GraphEdge[]): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  const note = (node: string, column: string | undefined) => {
    if (column) used.set(node, (used.get(node) ?? new Set()).add(column));
  };
  for (const { from, fromColumn, to, toColumn } of edges) {
    note(from, fromColumn);
    note(to, toColumn);
  }
  return used;
}

/** The columns of an asset that take part, in the table's own order; those that the catalog does not know come last. */
function columnsOn(node: Answer["nodes"][number], used: ReadonlySet<string> = new Set()): NodeColumn[] {
  const rest = new Set(used);
  const told = node.asset?.columns ?? [];
  const inOrder = told.filter((column) => rest.delete(column.name)).map(({ name, personal }) => ({ name, mark: personal && stateOf(personal) ? personal : undefined }));
  return [...inOrder, ...[...rest].map((name) => ({ name }))];
}

/** The name of one end of a step as it is said: "analytics.fct_revenue.net_revenue". */
export function endName(node: GraphNode | undefined, column: string | undefined): string {
  const name = node?.asset ? saidName(node.asset) : (node?.name ?? "");
  return column ? `${name}.${column}` : name;
}

const words: Record<How, string> = {
  identity: "identity",
  transformation: "transformation",
  aggregation: "aggregation",
  masked: "masked",
  indirect: "indirect",
  table: "table level, columns unknown",
  flow: "table to table",
};

/** The kind of a step in words: "aggregation", "indirect, filter". */
export function howWords(edge: Pick<GraphEdge, "how" | "subtype" | "candidate">): string {
  const word = edge.how === "indirect" && edge.subtype ? `indirect, ${edge.subtype}` : words[edge.how];
  return edge.candidate ? `${word}, one of several` : word;
}

const said: Record<string, string> = { definition: "view text", log: "query log", bi: "dashboard", import: "import", manual: "a person", refuted: "a person, who says it is wrong", engine: "the source" };

/** Who says a step: "view text + query log". */
export function originWords(origins: string[]): string {
  return origins.map((origin) => said[origin] ?? origin).join(" + ");
}

/** An answer after a person's word about one of its steps, or after that word was taken back. */
export function withWord(answer: Answer, from: string, to: string, refuted: GraphEdge["refuted"]): Answer {
  return { ...answer, edges: answer.edges.map((edge) => (edge.from === from && edge.to === to ? { ...edge, refuted } : edge)) };
}

/** What stands against a step: "stale", "disputed by a source", "refuted"; nothing for most. */
export function doubtWords(edge: Pick<GraphEdge, "stale" | "disputed" | "refuted">): string[] {
  return [edge.refuted && `refuted by ${edge.refuted.by}`, edge.disputed && "disputed by its source", edge.stale && "stale"].filter((word) => word !== null && word !== false);
}

/** Why an asset is marked as made from itself: alone, or in a circle of several. */
export function circleWords({ cycle, feedsItself }: Pick<GraphNode, "cycle" | "feedsItself">): string {
  if (cycle > 1) return `${cycle} assets feed each other in a circle`;
  return feedsItself ? "made from itself too" : "";
}

/** How many assets stand up and down of the root. */
export function counts(graph: Graph): { up: number; down: number; sources: number } {
  const up = new Set(graph.nodes.filter((node) => node.depth < 0).map((node) => node.id));
  const fed = new Set(graph.edges.map((edge) => `${edge.to}#${edge.toColumn ?? ""}`));
  const begins = graph.edges.filter((edge) => up.has(edge.from)).map((edge) => `${edge.from}#${edge.fromColumn ?? ""}`);
  const sources = new Set(begins.filter((place) => !fed.has(place)));
  return { up: up.size, down: graph.nodes.filter((node) => node.depth > 0).length, sources: sources.size };
}
