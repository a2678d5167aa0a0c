import { add } from "./lists";
import type { Graph, GraphEdge } from "./model";

/** One end of a step: an asset, or one of its columns. */
interface Place {
  node: string;
  column?: string;
}

const same = (a: Place, b: Place) => a.node === b.node && a.column === b.column;
const source = (edge: GraphEdge): Place => ({ node: edge.from, column: edge.fromColumn });
const target = (edge: GraphEdge): Place => ({ node: edge.to, column: edge.toColumn });
const key = (place: Place) => `${place.node}#${place.column ?? ""}`;

/**
 * The steps of the path that is traced: all by which the traced column's value came and goes;
 * without a column, the shortest way between the root and the chosen step.
 */
export function traced(graph: Graph, chosen?: GraphEdge): Set<string> {
  if (graph.column) return new Set([...flow(graph, "up"), ...flow(graph, "down")]);
  return chosen ? new Set(between(graph, chosen)) : new Set();
}

function flow(graph: Graph, way: "up" | "down"): string[] {
  const near = way === "up" ? target : source;
  const far = way === "up" ? source : target;
  const touching = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) if (edge.how !== "indirect") add(touching, key(near(edge)), edge);
  const found: string[] = [];
  const seen = new Set<string>();
  const queue = [key({ node: graph.root, column: graph.column })];
  for (const at of queue) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const edge of touching.get(at) ?? []) {
      found.push(edge.id);
      queue.push(key(far(edge)));
    }
  }
  return found;
}

function between(graph: Graph, chosen: GraphEdge): string[] {
  for (const way of ["up", "down"] as const) {
    const near = way === "up" ? target : source;
    const far = way === "up" ? source : target;
    const touching = new Map<string, GraphEdge[]>();
    for (const edge of graph.edges) add(touching, near(edge).node, edge);
    const came = new Map<string, GraphEdge | null>([[graph.root, null]]);
    const queue = [graph.root];
    for (const at of queue) {
      for (const edge of touching.get(at) ?? []) {
        if (came.has(far(edge).node)) continue;
        came.set(far(edge).node, edge);
        queue.push(far(edge).node);
      }
    }
    if (!came.has(near(chosen).node)) continue;
    const back: string[] = [chosen.id];
    for (let edge = came.get(near(chosen).node); edge; edge = came.get(near(edge).node)) back.push(edge.id);
    return back;
  }
  return [chosen.id];
}

/** A stop of the route: a place and, after it, the step that leads to the next. */
export interface RouteStop {
  node: string;
  column?: string;
  step?: GraphEdge;
}

/** One way through the graph, from the farthest source through the root to the farthest end, for a narrow screen; by tables when no column is traced. */
export function route(whole: Graph, chosen?: GraphEdge): RouteStop[] {
  const graph = whole.column ? whole : { ...whole, edges: whole.edges.map((edge) => ({ ...edge, fromColumn: undefined, toColumn: undefined })) };
  const root: Place = { node: graph.root, column: graph.column };
  const up = chain(graph, root, "up", chosen).reverse();
  const down = chain(graph, root, "down", chosen);
  const steps = [...up, ...down];
  const first = steps[0];
  if (!first) return [root];
  return [...steps.map((step) => ({ ...source(step), step })), target(steps.at(-1) ?? first)];
}

/** The longest way in one direction; a chosen step on the way is always taken. */
function chain(graph: Graph, from: Place, way: "up" | "down", chosen?: GraphEdge): GraphEdge[] {
  const near = way === "up" ? target : source;
  const far = way === "up" ? source : target;
  const beside = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    if (edge.how === "indirect" && edge.id !== chosen?.id) continue;
    add(beside, key(near(edge)), edge);
  }
  const best = new Map<string, GraphEdge[]>();
  const longest = (at: Place, seen: Set<string>): GraphEdge[] => {
    const known = best.get(key(at));
    if (known) return known;
    let most: GraphEdge[] = [];
    for (const edge of beside.get(key(at)) ?? []) {
      const next = far(edge);
      if (seen.has(key(next)) || same(next, at)) continue;
      const way = [edge, ...longest(next, new Set([...seen, key(next)]))];
      if (weight(way, chosen) > weight(most, chosen)) most = way;
    }
    best.set(key(at), most);
    return most;
  };
  return untilRepeated(longest(from, new Set([key(from)])), (edge) => key(far(edge)), key(from));
}

/** A remembered way may lead back into the way it is appended to; it ends there. */
function untilRepeated(way: GraphEdge[], place: (edge: GraphEdge) => string, start: string): GraphEdge[] {
  const seen = new Set([start]);
  const end = way.findIndex((edge) => seen.has(place(edge)) || !seen.add(place(edge)));
  return end < 0 ? way : way.slice(0, end);
}

function weight(way: GraphEdge[], chosen?: GraphEdge): number {
  return way.length + (chosen && way.some((edge) => edge.id === chosen.id) ? 1000 : 0);
}
