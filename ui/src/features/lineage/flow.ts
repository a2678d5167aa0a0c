import type { AssetFlowNode } from "./AssetNode";
import type { View } from "./collapse";
import { curveOf } from "./draw";
import type { GroupFlowNode } from "./GroupNode";
import type { Plan, Spot } from "./layout";
import type { StepFlowEdge } from "./StepEdge";
import type { Cursor } from "./walk";

export type FlowNode = AssetFlowNode | GroupFlowNode;
export type FlowEdge = StepFlowEdge;

/** What a drawing shows beside its nodes: the path, what is chosen, what is open, and what a click does. */
export interface Look {
  view: View;
  root: string;
  path: ReadonlySet<string>;
  onPath: ReadonlySet<string>;
  chosen?: string;
  open: ReadonlySet<string>;
  onOpen: (key: string) => void;
  onTrace: (node: string, column: string) => void;
}

/** The nodes and lines for the canvas, each at its place; nothing while there are no places. */
export function drawn(look: Look, plan: Plan, spots: ReadonlyMap<string, Spot> | null, cursor: Cursor | null): { nodes: FlowNode[]; edges: FlowEdge[] } {
  if (!spots) return { nodes: [], edges: [] };
  return { nodes: [...assets(look, plan, spots, cursor), ...groups(look, plan, spots, cursor)], edges: steps(look, plan, spots) };
}

function assets({ view, root, onPath, open, onTrace, onOpen }: Look, plan: Plan, spots: ReadonlyMap<string, Spot>, cursor: Cursor | null): AssetFlowNode[] {
  return view.nodes.flatMap((node) => {
    const position = spots.get(node.id);
    const box = plan.boxes.find((each) => each.id === node.id);
    if (!position || !box) return [];
    const here = cursor?.id === node.id;
    const data = { node, root: node.id === root, cursor: here && cursor.column === undefined, cursorColumn: here ? cursor.column : undefined, onPath, open, onTrace, onOpen };
    return [{ id: node.id, type: "asset" as const, position, width: box.width, height: box.height, data }];
  });
}

function groups({ view, onOpen }: Look, plan: Plan, spots: ReadonlyMap<string, Spot>, cursor: Cursor | null): GroupFlowNode[] {
  return view.groups.flatMap((group) => {
    const position = spots.get(group.id);
    const box = plan.boxes.find((each) => each.id === group.id);
    if (!position || !box) return [];
    return [{ id: group.id, type: "group" as const, position, width: box.width, height: box.height, data: { group, cursor: cursor?.id === group.id, onOpen } }];
  });
}

function steps({ view, path, chosen, onPath, open }: Look, plan: Plan, spots: ReadonlyMap<string, Spot>): FlowEdge[] {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  return view.lines.flatMap((line) => {
    const curve = curveOf(line, { plan, spots, nodes, onPath, open });
    if (!curve) return [];
    const traced = line.steps.some((step) => path.has(step.id));
    const picked = line.steps.some((step) => step.id === chosen);
    return [{ id: line.id, type: "step" as const, source: line.from, target: line.to, zIndex: picked ? 2 : traced ? 1 : 0, data: { line, curve, traced, chosen: picked } }];
  });
}
