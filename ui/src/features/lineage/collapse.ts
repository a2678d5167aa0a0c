import { add } from "./lists";
import type { Graph, GraphEdge, GraphNode, How } from "./model";

/** Assets of one schema, or of one job, at one distance, drawn as a pile with their number. */
export interface Group {
  id: string;
  depth: number;
  place: string;
  members: GraphNode[];
}

/** A line of the drawing; between groups it stands for several steps. */
export interface Line {
  id: string;
  from: string;
  to: string;
  fromColumn?: string;
  toColumn?: string;
  how: How;
  stale: boolean;
  /** The steps that it stands for. */
  steps: GraphEdge[];
}

/** What is drawn: at most `mostDrawn` nodes and groups. */
export interface View {
  nodes: GraphNode[];
  groups: Group[];
  lines: Line[];
}

/** Above this number of nodes a drawing is a wall; more stand in groups. */
export const mostDrawn = 200;

/** So many of one schema at one distance stand by themselves before the rest is piled up. */
const few = 6;

/**
 * Piles up what belongs together, the least used first; the root and the path stay. A pile that was opened
 * lays out as many of its assets as the drawing has room for.
 */
export function collapse(graph: Graph, path: Set<string>, open: Set<string>, most = mostDrawn): View {
  const stays = new Set([graph.root]);
  for (const edge of graph.edges) {
    if (!path.has(edge.id)) continue;
    stays.add(edge.from);
    stays.add(edge.to);
  }
  const buckets = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) add(buckets, bucket(node), node);
  const groups = new Map<string, GraphNode[]>();
  let drawn = 0;
  for (const [id, members] of buckets) {
    const folded = open.has(id) ? [] : beyond(members, stays);
    if (folded.length > 0) groups.set(id, folded);
    drawn += members.length - folded.length + (folded.length > 0 ? 1 : 0);
  }
  for (const [id, members] of farthest(buckets, open)) {
    if (drawn <= most) break;
    const movable = byUse(members, stays);
    const folded = open.has(id) ? movable.slice(Math.max(0, movable.length - (drawn - most) - 1)) : movable;
    const before = groups.get(id)?.length ?? 0;
    if (folded.length < 2 || folded.length <= before) continue;
    groups.set(id, folded);
    drawn -= folded.length - before - (before === 0 ? 1 : 0);
  }
  return view(graph, groups);
}

/** Which pile an asset belongs to: its distance and its schema, or its folder or job. */
export function bucket(node: GraphNode): string {
  const home = node.asset ? node.place : "hidden";
  return `${node.depth}.${home.replace(/[^\p{L}\p{N}]+/gu, "-")}`;
}

function beyond(members: GraphNode[], stays: Set<string>): GraphNode[] {
  if (members.length <= few + 1) return [];
  const movable = byUse(members, stays);
  const folded = movable.slice(Math.max(0, few - (members.length - movable.length)));
  return folded.length > 1 ? folded : [];
}

/** What may be piled up, the most used first. */
function byUse(members: GraphNode[], stays: Set<string>): GraphNode[] {
  return members.filter((node) => !stays.has(node.id)).sort((a, b) => b.people - a.people || a.name.localeCompare(b.name));
}

/** The buckets in the order in which they are piled up: what the reader opened last, the far and large ones first. */
function farthest(buckets: Map<string, GraphNode[]>, open: ReadonlySet<string>): [string, GraphNode[]][] {
  const far = (members: GraphNode[]) => Math.abs(members[0]?.depth ?? 0);
  return [...buckets].sort(([a, one], [b, other]) => Number(open.has(a)) - Number(open.has(b)) || far(other) - far(one) || other.length - one.length);
}

function view(graph: Graph, folded: Map<string, GraphNode[]>): View {
  const home = new Map<string, string>();
  const groups = [...folded].map(([id, members]): Group => {
    members.forEach((node) => home.set(node.id, id));
    return { id, depth: members[0]?.depth ?? 0, place: members[0]?.place ?? "", members };
  });
  return { nodes: graph.nodes.filter((node) => !home.has(node.id)), groups, lines: lines(graph.edges, home) };
}

function lines(edges: GraphEdge[], home: Map<string, string>): Line[] {
  const merged = new Map<string, Line>();
  for (const edge of edges) {
    const from = home.get(edge.from);
    const to = home.get(edge.to);
    if (from !== undefined && from === to) continue;
    const line: Line = {
      id: edge.id,
      from: from ?? edge.from,
      to: to ?? edge.to,
      fromColumn: from === undefined ? edge.fromColumn : undefined,
      toColumn: to === undefined ? edge.toColumn : undefined,
      how: from === undefined && to === undefined ? edge.how : edge.how === "flow" ? "flow" : "table",
      stale: edge.stale,
      steps: [edge],
    };
    if (from === undefined && to === undefined) {
      merged.set(edge.id, line);
      continue;
    }
    const key = `${line.from}#${line.fromColumn ?? ""}>${line.to}#${line.toColumn ?? ""}`;
    const before = merged.get(key);
    if (before) {
      before.stale &&= edge.stale;
      before.steps.push(edge);
    } else merged.set(key, { ...line, id: key });
  }
  return [...merged.values()];
}
