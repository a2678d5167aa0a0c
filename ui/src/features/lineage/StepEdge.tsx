import type { Edge, EdgeProps } from "@xyflow/react";
import { Bead, StepLine } from "./Bead";
import type { Line } from "./collapse";
import type { Curve } from "./draw";

export type StepEdgeData = { line: Line; curve: Curve; traced: boolean; chosen: boolean };
export type StepFlowEdge = Edge<StepEdgeData, "step">;

/** A step in the drawing, with room around it for the pointer. */
export function StepEdge({ data }: EdgeProps<StepFlowEdge>) {
  if (!data) return null;
  const { line, curve, traced, chosen } = data;
  const refuted = line.steps.every((step) => step.refuted !== null);
  return (
    <g className={chosen ? "graph-step chosen-step" : "graph-step"}>
      <path className="step-reach" d={curve.path} />
      <StepLine how={line.how} path={curve.path} traced={traced || chosen} stale={line.stale || refuted} />
      <circle className="step-end" cx={curve.end.x} cy={curve.end.y} r={3} />
      <Bead how={line.how} x={curve.middle.x} y={curve.middle.y} chosen={chosen} doubt={refuted || line.steps.some((step) => step.disputed) || (line.steps.length === 1 && line.steps[0]?.candidate === true)} />
    </g>
  );
}
