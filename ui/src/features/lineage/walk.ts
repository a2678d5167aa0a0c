import type { View } from "./collapse";
import type { Spot } from "./layout";

/** Where the keyboard stands in the drawing: a node or group, and perhaps one of its columns. */
export interface Cursor {
  id: string;
  column?: string;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** Moves along a step to the left or right; up and down through the columns, then to the next node of the rank. */
export function walk(view: View, spots: ReadonlyMap<string, Spot>, at: Cursor, arrow: Arrow): Cursor {
  if (arrow === "ArrowLeft" || arrow === "ArrowRight") return across(view, at, arrow) ?? at;
  const step = arrow === "ArrowDown" ? 1 : -1;
  return within(view, at, step) ?? beside(view, spots, at, step) ?? at;
}

function across(view: View, at: Cursor, arrow: "ArrowLeft" | "ArrowRight"): Cursor | undefined {
  const back = arrow === "ArrowLeft";
  const near = view.lines.filter((line) => (back ? line.to : line.from) === at.id);
  const column = (line: (typeof near)[number]) => (back ? line.toColumn : line.fromColumn);
  const line = near.find((each) => column(each) === at.column) ?? (at.column === undefined ? near[0] : undefined);
  if (!line) return undefined;
  return back ? { id: line.from, column: line.fromColumn } : { id: line.to, column: line.toColumn };
}

function within(view: View, at: Cursor, step: number): Cursor | undefined {
  const columns = view.nodes.find((node) => node.id === at.id)?.columns ?? [];
  const index = columns.findIndex((column) => column.name === at.column) + step;
  if (index === -1) return at.column === undefined ? undefined : { id: at.id };
  const next = columns[index];
  return next && { id: at.id, column: next.name };
}

function beside(view: View, spots: ReadonlyMap<string, Spot>, at: Cursor, step: number): Cursor | undefined {
  const here = spots.get(at.id);
  if (!here) return undefined;
  const others = [...view.nodes, ...view.groups].flatMap(({ id }) => {
    const spot = spots.get(id);
    return spot && id !== at.id && spot.x === here.x ? { id, y: spot.y } : [];
  });
  const ahead = others.filter(({ y }) => (y - here.y) * step > 0).sort((a, b) => (a.y - b.y) * step);
  return ahead[0] && { id: ahead[0].id };
}
