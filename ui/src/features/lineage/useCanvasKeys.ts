import type { ReactFlowInstance } from "@xyflow/react";
import { useState, type FocusEvent, type KeyboardEvent } from "react";
import type { View } from "./collapse";
import type { FlowEdge, FlowNode } from "./flow";
import { groupWords } from "./GroupNode";
import type { Spot } from "./layout";
import type { GraphEdge } from "./model";
import { walk, type Arrow, type Cursor } from "./walk";

interface Around {
  view: View;
  spots: ReadonlyMap<string, Spot> | null;
  root: string;
  flow: ReactFlowInstance<FlowNode, FlowEdge>;
  onChoose: (step: GraphEdge) => void;
  onOpen: (key: string) => void;
  onList: () => void;
}

const arrows: Record<string, Arrow> = { ArrowLeft: "ArrowLeft", ArrowRight: "ArrowRight", ArrowUp: "ArrowUp", ArrowDown: "ArrowDown" };

/** The keys inside the drawing: arrows walk, Enter shows the evidence, Space opens a group, + - 0 zoom, t goes to the list. */
export function useCanvasKeys({ view, spots, root, flow, onChoose, onOpen, onList }: Around) {
  const [at, move] = useState<Cursor | null>(null);
  const [focused, focus] = useState(false);
  const cursor = at ?? { id: root };
  const acts: Record<string, () => void> = {
    Enter: () => {
      const step = stepAt(view, cursor);
      if (step) onChoose(step);
    },
    " ": () => view.groups.some((group) => group.id === cursor.id) && onOpen(cursor.id),
    "+": () => void flow.zoomIn(),
    "=": () => void flow.zoomIn(),
    "-": () => void flow.zoomOut(),
    "0": () => void flow.fitView({ padding: 0.05, maxZoom: 1 }),
    t: onList,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const act = arrow ? () => spots && go(walk(view, spots, cursor, arrow)) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const go = (next: Cursor) => {
    move(next);
    void flow.fitView({ nodes: [{ id: next.id }], maxZoom: flow.getZoom(), minZoom: flow.getZoom() });
  };
  const own = (event: FocusEvent) => event.target === event.currentTarget;
  return {
    cursor: focused ? cursor : null,
    said: focused ? sentence(view, cursor) : "",
    onKeyDown,
    onFocus: (event: FocusEvent) => own(event) && focus(event.target.matches(":focus-visible")),
    onBlur: (event: FocusEvent) => own(event) && focus(false),
  };
}

/** The step that Enter opens: into where the keyboard stands, else out of it. */
function stepAt(view: View, at: Cursor): GraphEdge | undefined {
  const into = view.lines.find((line) => line.to === at.id && (at.column === undefined || line.toColumn === at.column));
  const out = view.lines.find((line) => line.from === at.id && (at.column === undefined || line.fromColumn === at.column));
  return (into ?? out)?.steps[0];
}

function sentence(view: View, at: Cursor): string {
  const group = view.groups.find((each) => each.id === at.id);
  if (group) return `${groupWords(group)} of ${group.place}`;
  const node = view.nodes.find((each) => each.id === at.id);
  if (!node) return "";
  const into = view.lines.filter((line) => line.to === at.id && (at.column === undefined || line.toColumn === at.column)).length;
  const out = view.lines.filter((line) => line.from === at.id && (at.column === undefined || line.fromColumn === at.column)).length;
  const name = at.column === undefined ? `${node.name}, ${node.place}` : `${at.column} of ${node.name}`;
  return `${name}: ${into} in, ${out} out`;
}
