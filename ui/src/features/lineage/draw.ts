import type { Line } from "./collapse";
import type { Box, Plan, Spot } from "./layout";
import { columnHeight, headHeight, openKey, shownColumns } from "./measure";
import type { GraphNode } from "./model";

/** A curve between two boxes, and its middle, where the bead sits. */
export interface Curve {
  path: string;
  end: Spot;
  middle: Spot;
}

/** The curve from the right side of one box to the left side of another, leaving and arriving level. */
export function curve(from: Spot, to: Spot): Curve {
  const reach = to.x > from.x ? Math.max(28, (to.x - from.x) * 0.45) : 120;
  const [a, b] = [from.x + reach, to.x - reach];
  return {
    path: `M${from.x} ${from.y}C${a} ${from.y} ${b} ${to.y} ${to.x} ${to.y}`,
    end: to,
    middle: { x: (from.x + 3 * a + 3 * b + to.x) / 8, y: (from.y + to.y) / 2 },
  };
}

/** What is needed to know where a line begins and ends. */
export interface Drawing {
  plan: Plan;
  spots: ReadonlyMap<string, Spot>;
  nodes: ReadonlyMap<string, GraphNode>;
  onPath: ReadonlySet<string>;
  open: ReadonlySet<string>;
}

/** The curve of a line, or undefined while one of its ends has no place. */
export function curveOf(line: Line, drawing: Drawing): Curve | undefined {
  const box = (id: string) => drawing.plan.boxes.find((each) => each.id === id);
  const from = drawing.spots.get(line.from);
  const to = drawing.spots.get(line.to);
  const wide = box(line.from);
  const last = box(line.to);
  if (!from || !to || !wide || !last) return undefined;
  return curve({ x: from.x + wide.width, y: from.y + levelOf(wide, line.fromColumn, drawing) }, { x: to.x, y: to.y + levelOf(last, line.toColumn, drawing) });
}

/** How far below a box's upper edge a column's line meets it. */
export function levelOf(box: Box, column: string | undefined, { nodes, onPath, open }: Pick<Drawing, "nodes" | "onPath" | "open">): number {
  const node = nodes.get(box.id);
  if (!node || column === undefined) return headHeight / 2;
  const { shown } = shownColumns(node, onPath, open.has(openKey(node)));
  const at = shown.findIndex((each) => each.name === column);
  return headHeight + 4 + (at < 0 ? shown.length : at) * columnHeight + columnHeight / 2;
}
