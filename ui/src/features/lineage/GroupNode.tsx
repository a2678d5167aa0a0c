import type { Node, NodeProps } from "@xyflow/react";
import { number } from "~/shared/format/number";
import { Icon } from "~/shared/ui/Icon";
import { kindIcon, kindWord } from "~/shared/ui/Kind";
import { Ends } from "./AssetNode";
import type { Group } from "./collapse";
import "./nodes.css";

export type GroupNodeData = { group: Group; cursor: boolean; onOpen: (key: string) => void };
export type GroupFlowNode = Node<GroupNodeData, "group">;

/** A pile of assets of one schema or job; a click, or Space, lays it out. */
export function GroupNode({ data: { group, cursor, onOpen } }: NodeProps<GroupFlowNode>) {
  return (
    <article className={cursor ? "graph-node group-node cursor-node" : "graph-node group-node"}>
      <Ends />
      <button type="button" tabIndex={-1} onClick={() => onOpen(group.id)} title={memberNames(group)}>
        <small>{group.place}</small>
        <Icon name={group.members[0]?.asset ? kindIcon(group.members[0].kind) : "lock"} />
        <b>{groupWords(group)}</b>
        <Icon name="plus" />
      </button>
    </article>
  );
}

const named = 20;

/** The first names of a pile; a title of thousands would not be read. */
function memberNames({ members }: Group): string {
  const names = members.slice(0, named).map((node) => node.name).join(", ");
  return members.length > named ? `${names} and ${number(members.length - named)} more` : names;
}

/** "11 more tables", "6 more". */
export function groupWords({ members }: Group): string {
  const kinds = new Set(members.map((node) => (node.asset ? kindWord(node.kind) : "hidden")));
  const [kind] = kinds;
  const many = number(members.length);
  if (kind === "hidden" && kinds.size === 1) return `${many} you may not see`;
  return kinds.size === 1 ? `${many} more ${kind}s` : `${many} more`;
}
