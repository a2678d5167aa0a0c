import { levelOf as level } from "~/shared/review/marks";
import { LevelTicks } from "~/shared/ui/PersonalChip";
import { openKey, shownColumns } from "./measure";
import type { GraphNode, NodeColumn } from "./model";

/** What the columns of a node need to be drawn. */
export type ColumnsLook = {
  node: GraphNode;
  onPath: ReadonlySet<string>;
  open: ReadonlySet<string>;
  /** The column on which the keyboard stands. */
  cursorColumn?: string;
  onTrace: (node: string, column: string) => void;
  onOpen: (key: string) => void;
};

/** The columns that take part, each with its class of personal data; a click traces one. */
export function NodeColumns({ node, onPath, open, cursorColumn, onTrace, onOpen }: ColumnsLook) {
  const { shown, more } = shownColumns(node, onPath, open.has(openKey(node)));
  return (
    <ul>
      {shown.map((column) => {
        const look = [onPath.has(`${node.id}#${column.name}`) && "traced-column", column.name === cursorColumn && "cursor-column"].filter(Boolean).join(" ");
        return (
          <li key={column.name} className={look}>
            <button type="button" tabIndex={-1} disabled={!node.asset} title={`Trace ${column.name}`} onClick={() => onTrace(node.id, column.name)}>
              {column.name}
            </button>
            <ColumnMark column={column} />
          </li>
        );
      })}
      {more > 0 && (
        <li>
          <button type="button" tabIndex={-1} className="muted" onClick={() => onOpen(openKey(node))}>
            +{more} columns
          </button>
        </li>
      )}
    </ul>
  );
}

function ColumnMark({ column: { mark } }: { column: NodeColumn }) {
  if (!mark) return null;
  return (
    <span className={mark.state === "suggested" ? "column-mark person suggested-mark" : "column-mark person"} title={`Personal data: ${mark.label}, ${mark.sensitivity}${mark.state === "tagged" ? "" : `, ${mark.state}`}`}>
      <span className="column-mark-word">{mark.label}</span>
      <LevelTicks level={level(mark)} />
    </span>
  );
}
