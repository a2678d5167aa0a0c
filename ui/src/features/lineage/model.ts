import { kindOf, saidName } from "~/shared/asset/naming";
import type { TraceQuery } from "~/shared/graphql/generated/operations";
import { stateOf, type Mark } from "~/shared/review/marks";

type Answer = TraceQuery["lineage"];
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
}

/** Makes the graph of an answer: steps between columns where they are known and asked for, else between tables. */
export function graphOf(answer: Answer, column: string | undefined, filter: Filter, columns = true): Graph {
  const table = new Map(answer.edges.map((edge) => [`${edge.from}>${edge.to}`, edge]));
  const direct = answer.columns.map((pair) => columnEdge(pair, table.get(`${pair.from.dataset}>${pair.to.dataset}`)));
  const known = new Set(direct.map((edge) => `${edge.from}>${edge.to}`));
  const whole = column ? [] : answer.edges.filter((edge) => !known.has(`${edge.from}>${edge.to}`)).map((edge) => tableEdge(edge, columns ? "table" : "flow"));
  const edges = strongest([...direct, ...whole]).filter((edge) => (filter.stale || !edge.stale) && (filter.indirect || edge.how !== "indirect"));
  const reached = connected(answer.root, edges);
  const kept = edges.filter((edge) => reached.has(edge.from) && reached.has(edge.to));
  const nodes = answer.nodes.filter((node) => reached.has(node.id)).map((node) => graphNode(node, columnsOn(node, kept, node.id === answer.root ? column : undefined)));
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
  const join = (a: string, b: string) => beside.set(a, [...(beside.get(a) ?? []), b]);
  edges.forEach(({ from, to }) => {
    join(from, to);
    join(to, from);
  });
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
  const { id, depth, moreUp, moreDown } = node;
  const asset = node.asset ?? undefined;
  if (!asset) return { id, depth, name: "1 table", place: "you may not see it", kind: "hidden", columns, marks: [], moreUp: 0, moreDown: 0, people: 0 };
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
  };
}

function columnsOn(node: Answer["nodes"][number], edges: GraphEdge[], traced: string | undefined): NodeColumn[] {
  const used = new Set(traced ? [traced] : []);
  for (const edge of edges) {
    if (edge.from === node.id && edge.fromColumn) used.add(edge.fromColumn);
    if (edge.to === node.id && edge.toColumn) used.add(edge.toColumn);
  }
  const told = node.asset?.columns ?? [];
  const inOrder = told.filter((column) => used.delete(column.name)).map(({ name, personal }) => ({ name, mark: personal && stateOf(personal) ? personal : undefined }));
  return [...inOrder, ...[...used].map((name) => ({ name }))];
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

const said: Record<string, string> = { definition: "view text", log: "query log", bi: "dashboard", import: "import", manual: "a person", engine: "the source" };

/** Who says a step: "view text + query log". */
export function originWords(origins: string[]): string {
  return origins.map((origin) => said[origin] ?? origin).join(" + ");
}

/** How many assets stand up and down of the root. */
export function counts(graph: Graph): { up: number; down: number; sources: number } {
  const up = graph.nodes.filter((node) => node.depth < 0);
  const ends = graph.edges.filter((edge) => !graph.edges.some((other) => other.to === edge.from && other.toColumn === edge.fromColumn));
  const sources = new Set(ends.filter((edge) => up.some((node) => node.id === edge.from)).map((edge) => `${edge.from}#${edge.fromColumn ?? ""}`));
  return { up: up.length, down: graph.nodes.filter((node) => node.depth > 0).length, sources: sources.size };
}
