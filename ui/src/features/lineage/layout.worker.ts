import * as dagre from "@dagrejs/dagre";
import { columnGap, rowGap, snap, type Plan, type Spots } from "./layout";

/** Lays out one plan, left to right with few crossings, beside the page's own thread. */
self.onmessage = (event: MessageEvent<Plan>) => {
  self.postMessage(arrange(event.data));
};

function arrange({ boxes, links }: Plan): Spots {
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
