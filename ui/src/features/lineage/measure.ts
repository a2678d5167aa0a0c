import type { View } from "./collapse";
import type { Box, Plan } from "./layout";
import type { GraphNode, NodeColumn } from "./model";

export const nodeWidth = 212; // as in nodes.css;
export const headHeight = 48;
export const columnHeight = 22;
const edging = 9; // borders and the room above and below the columns

/** A node shows so many columns before the rest folds into one line. */
const mostColumns = 12;

/** The columns that a node shows, those on the path and personal ones first when not all fit; then how many more. */
export function shownColumns(node: GraphNode, onPath: ReadonlySet<string>, open: boolean): { shown: NodeColumn[]; more: number } {
  if (open || node.columns.length <= mostColumns + 1) return { shown: node.columns, more: 0 };
  const weight = (column: NodeColumn) => (onPath.has(`${node.id}#${column.name}`) ? 0 : column.mark ? 1 : 2);
  const best = new Set([...node.columns].sort((a, b) => weight(a) - weight(b)).slice(0, mostColumns));
  return { shown: node.columns.filter((column) => best.has(column)), more: node.columns.length - mostColumns };
}

/** The name under which a node with many columns is kept open in the address. */
export function openKey(node: GraphNode): string {
  return `c.${node.name.replace(/[^\p{L}\p{N}]+/gu, "-")}`;
}

/** How many lines of columns a node draws. */
export function columnLines(node: GraphNode, onPath: ReadonlySet<string>, open: ReadonlySet<string>): number {
  const { shown, more } = shownColumns(node, onPath, open.has(openKey(node)));
  return shown.length + (more > 0 ? 1 : 0);
}

/** The sizes of everything that is drawn, for the layout. */
export function planOf(view: View, onPath: ReadonlySet<string>, open: ReadonlySet<string>): Plan {
  const boxes: Box[] = view.nodes.map((node) => {
    const lines = columnLines(node, onPath, open);
    return { id: node.id, rank: node.depth, width: nodeWidth, height: headHeight + (lines > 0 ? lines * columnHeight + edging : 0) };
  });
  for (const group of view.groups) boxes.push({ id: group.id, rank: group.depth, width: nodeWidth, height: headHeight });
  const links = new Map(view.lines.map(({ from, to }) => [`${from}>${to}`, { from, to }]));
  return { boxes, links: [...links.values()] };
}

/** The columns that the traced path passes, as node#column. */
export function columnsOnPath(view: View, path: ReadonlySet<string>): Set<string> {
  const on = new Set<string>();
  for (const { steps } of view.lines) {
    for (const step of steps) {
      if (!path.has(step.id)) continue;
      if (step.fromColumn) on.add(`${step.from}#${step.fromColumn}`);
      if (step.toColumn) on.add(`${step.to}#${step.toColumn}`);
    }
  }
  return on;
}
