import { useMemo } from "react";
import { count, number, score } from "~/shared/format/number";
import { MarkChip } from "~/shared/review/MarkChip";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Breaking } from "~/shared/ui/Name";
import { useRows } from "~/shared/ui/rows";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { csvOf } from "./csv";
import { doubtWords, endName, howWords, originWords, type Graph, type GraphEdge, type GraphNode } from "./model";
import { saveText } from "./saveText";

interface Props {
  graph: Graph;
  path: ReadonlySet<string>;
  chosen?: string;
  onChoose: (step: GraphEdge) => void;
  /** What the file is called. */
  name: string;
}

/** The same as a list: every step that is drawn, nearest first, with its evidence one key away. */
export function StepList({ graph, path, chosen, onChoose, name }: Props) {
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const rows = useMemo(() => nearest(graph, nodes), [graph, nodes]);
  const at = rows.findIndex((edge) => edge.id === chosen);
  const choose = (row: number) => {
    const step = rows[row];
    if (step) onChoose(step);
  };
  useRows({ size: rows.length, at, onChoose: choose, onOpen: choose });
  return (
    <div id="list">
      <Section head="The same as a list" caption={`${count(rows.length, "step")}, nearest first. j and k walk, and the evidence follows.`}>
        {rows.length === 0 ? (
          <Empty head="No step is known">A crawl with views, or a query log, makes them known.</Empty>
        ) : (
          <DataTable
            label="Steps of the lineage"
            columns={looks(nodes, path, onChoose)}
            rows={rows}
            rowKey={(edge) => edge.id}
            chosen={chosen}
            onChoose={onChoose}
            foot={
              <>
                <span>
                  {number(rows.length)} of {count(rows.length, "step")}
                </span>
                <button type="button" className="link" onClick={() => saveText(`${name}.csv`, csvOf(graph, path), "text/csv")}>
                  Download CSV
                </button>
              </>
            }
          />
        )}
      </Section>
    </div>
  );
}

/** The steps ordered by how far they are from the root, those on either side in turn. */
function nearest(graph: Graph, nodes: ReadonlyMap<string, GraphNode>): GraphEdge[] {
  const away = (id: string) => Math.abs(nodes.get(id)?.depth ?? 0);
  const placed = graph.edges.map((edge) => ({ edge, far: Math.max(away(edge.from), away(edge.to)), end: endName(nodes.get(edge.to), edge.toColumn) }));
  return placed.sort((a, b) => a.far - b.far || a.end.localeCompare(b.end)).map(({ edge }) => edge);
}

function looks(nodes: ReadonlyMap<string, GraphNode>, path: ReadonlySet<string>, onChoose: (step: GraphEdge) => void): Column<GraphEdge>[] {
  return [
    {
      id: "from",
      head: "From",
      cell: (edge) => (
        <span className="row tight">
          <button type="button" className="link step-link" onClick={() => onChoose(edge)}>
            <Breaking text={endName(nodes.get(edge.from), edge.fromColumn)} />
          </button>
          <ColumnChip node={nodes.get(edge.from)} column={edge.fromColumn} />
        </span>
      ),
      sortBy: (edge) => endName(nodes.get(edge.from), edge.fromColumn),
    },
    {
      id: "to",
      head: "To",
      label: "To",
      cell: (edge) => (
        <span className="row tight">
          <span>
            <Breaking text={endName(nodes.get(edge.to), edge.toColumn)} />
          </span>
          <ColumnChip node={nodes.get(edge.to)} column={edge.toColumn} />
        </span>
      ),
      sortBy: (edge) => endName(nodes.get(edge.to), edge.toColumn),
    },
    { id: "how", head: "How", label: "How", cell: howWords, sortBy: howWords },
    { id: "evidence", head: "Evidence", label: "Evidence", cell: (edge) => <Said edge={edge} /> },
    { id: "sure", head: "Confidence", label: "Confidence", number: true, cell: (edge) => score(edge.confidence), sortBy: (edge) => edge.confidence },
    { id: "path", head: <span className="vh">On the path</span>, cell: (edge) => path.has(edge.id) && <mark className="on-path">on the path</mark> },
  ];
}

function Said({ edge }: { edge: GraphEdge }) {
  return (
    <span>
      {originWords(edge.origins)}
      {doubtWords(edge).map((word) => (
        <span key={word} className={word === "stale" ? "late" : "bad"}>
          {" "}
          {word}
        </span>
      ))}
    </span>
  );
}

function ColumnChip({ node, column }: { node?: GraphNode; column?: string }) {
  const mark = node?.columns.find((each) => each.name === column)?.mark;
  return mark ? <MarkChip mark={mark} /> : null;
}
