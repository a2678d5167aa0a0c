import * as dagre from "@dagrejs/dagre";
import { columnGap, rowGap, snap, type Plan, type Spots } from "./layout";

/** Lays a plan out, left to right with few crossings. It may take long: the worker does it. */
export function place({ boxes, links }: Plan): Spots {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", ranksep: columnGap, nodesep: rowGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { from, to } of links) if (from !== to) graph.setEdge(from, to);
  dagre.layout(graph);
  return boxes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id);
    return [id, { x: snap(x - width / 2), y: snap(y - height / 2) }];
  });
}
