import { Link } from "@tanstack/react-router";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { count } from "~/shared/format/number";
import { levelOf as level } from "~/shared/review/marks";
import { Icon } from "~/shared/ui/Icon";
import { kindIcon } from "~/shared/ui/Kind";
import { LevelTicks } from "~/shared/ui/PersonalChip";
import { circleWords, type GraphNode } from "./model";
import { NodeColumns, type ColumnsLook } from "./NodeColumns";
import "./nodes.css";

/** What the drawing of an asset needs. */
export type AssetNodeData = ColumnsLook & {
  node: GraphNode;
  root: boolean;
  /** Where the keyboard stands: on the node itself. */
  cursor: boolean;
};
export type AssetFlowNode = Node<AssetNodeData, "asset">;

/** An asset in the drawing: zone and system, name, and the columns that take part. The same stands in the list, which the keyboard reaches. */
export function AssetNode({ data }: NodeProps<AssetFlowNode>) {
  const { node, root, cursor } = data;
  const { asset } = node;
  const look = ["graph-node", root && "root-node", !asset && "hidden-node", asset?.deprecation && "deprecated-node", cursor && "cursor-node"].filter(Boolean).join(" ");
  return (
    <article className={look}>
      <Ends />
      <Rim count={node.moreUp} side="up" node={node} />
      <Rim count={node.moreDown} side="down" node={node} />
      <header>
        <small>{node.place}</small>
        <Icon name={asset ? kindIcon(node.kind) : "lock"} />
        {asset ? (
          <Link to="/asset/$urn" params={{ urn: node.id }} className="bare node-name" tabIndex={-1} title={node.name}>
            {node.name}
          </Link>
        ) : (
          <b className="node-name">{node.name}</b>
        )}
        {circleWords(node) && (
          <span className="node-circle" title={circleWords(node)}>
            <span aria-hidden="true">↻</span>
            <span className="vh">{circleWords(node)}</span>
          </span>
        )}
        {node.columns.length === 0 && <Worst node={node} />}
      </header>
      {node.columns.length > 0 && <NodeColumns {...data} />}
    </article>
  );
}

/** Where lines end as far as the canvas is concerned; where they are drawn follows from the columns. */
export function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

function Worst({ node }: { node: GraphNode }) {
  const worst = node.marks[0];
  if (!worst) return null;
  return (
    <span className="node-marks person" title={node.marks.map((mark) => mark.label).join(", ")}>
      <LevelTicks level={level(worst)} />
      <span className="vh">Personal data: {node.marks.map((mark) => mark.label).join(", ")}</span>
    </span>
  );
}

function Rim({ count: many, side, node }: { count: number; side: "up" | "down"; node: GraphNode }) {
  if (many === 0) return null;
  const words = side === "up" ? count(many, "further source") : count(many, "further user");
  return (
    <Link to="/lineage/$urn" params={{ urn: node.id }} className={`rim ${side}-rim`} title={`${words}: trace from ${node.name}`} tabIndex={-1}>
      +{many}
      <span className="vh"> {words}</span>
    </Link>
  );
}
