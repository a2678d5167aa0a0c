import { ReactFlow, ReactFlowProvider, useReactFlow, type ReactFlowInstance } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef } from "react";
import { Button } from "~/shared/ui/Button";
import { AssetNode } from "./AssetNode";
import type { View } from "./collapse";
import { drawn, type FlowEdge, type FlowNode, type Look } from "./flow";
import { GroupNode } from "./GroupNode";
import { lookAt, type Plan, type Spot } from "./layout";
import { planOf } from "./measure";
import type { GraphEdge } from "./model";
import { StepEdge } from "./StepEdge";
import { useCanvasKeys } from "./useCanvasKeys";
import { useLayout } from "./useLayout";
import "./Canvas.css";

interface Props extends Look {
  view: View;
  label: string;
  onChoose: (step: GraphEdge) => void;
  onList: () => void;
}

const nodeTypes = { asset: AssetNode, group: GroupNode };
const edgeTypes = { step: StepEdge };
const fit = { padding: 0.04, maxZoom: 1 };

/** Below this, names cannot be read; then the root stands in the middle instead of everything in view. */
const readable = 0.68;

/** The drawing, left to right. One stop for the keyboard: arrows walk steps and columns inside it. */
export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing(props: Props) {
  const { view, label, root, onPath, open, onChoose, onList, onOpen } = props;
  const plan = useMemo(() => planOf(view, onPath, open), [view, onPath, open]);
  const spots = useLayout(plan, root);
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const { cursor, said, onKeyDown, onFocus, onBlur } = useCanvasKeys({ view, spots, root, flow, onChoose, onOpen, onList });
  const { nodes, edges } = useMemo(() => drawn(props, plan, spots, cursor), [props, plan, spots, cursor]);
  const placed = spots !== null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (spots) show(flow, plan, spots, root, box.current);
    // the view is shown when it first has places, and again only for another root
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [placed, root, flow]);
  return (
    <div ref={box} className="graph-canvas" role="region" tabIndex={0} aria-label={label} onKeyDown={onKeyDown} onFocus={onFocus} onBlur={onBlur}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.02} // two hundred boxes in one rank are shown whole
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnScroll={false}
        preventScrolling={false}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: true }}
        onEdgeClick={(_, edge) => {
          const step = edge.data?.line.steps[0];
          if (step) onChoose(step);
        }}
      />
      {!placed && <span className="graph-waiting">Laying out</span>}
      <div className="graph-zoom no-print">
        <Button square small icon="plus" aria-label="Zoom in" tabIndex={-1} onClick={() => void flow.zoomIn()} />
        <Button square small icon="minus" aria-label="Zoom out" tabIndex={-1} onClick={() => void flow.zoomOut()} />
        <Button square small icon="fit" aria-label="Show all" tabIndex={-1} onClick={() => void flow.fitView(fit)} />
      </div>
      <span className="vh" aria-live="polite">
        {said}
      </span>
    </div>
  );
}

/** Shows all of it; when that would be too small to read, what is around the root. */
function show(flow: ReactFlowInstance<FlowNode, FlowEdge>, plan: Plan, spots: ReadonlyMap<string, Spot>, root: string, box: HTMLElement | null) {
  requestAnimationFrame(() => {
    void flow.fitView(fit).then(() => {
      if (!box || flow.getZoom() >= readable) return;
      const { x, y } = lookAt(plan, spots, root, { width: box.clientWidth / readable, height: box.clientHeight / readable });
      void flow.setCenter(x, y, { zoom: readable });
    });
  });
}
