import { MarkChip } from "~/shared/review/MarkChip";
import { Name } from "~/shared/ui/Name";
import { howWords, type Graph, type GraphEdge } from "./model";
import { route } from "./path";
import "./Route.css";

const signs: Record<GraphEdge["how"], string> = { identity: "=", transformation: "ƒ", aggregation: "Σ", masked: "*", indirect: "…", table: "→", flow: "→" };

/** The traced way from top to bottom, for narrow screens; a step opens its evidence. */
export function Route({ graph, chosen, onChoose }: { graph: Graph; chosen?: GraphEdge; onChoose: (step: GraphEdge) => void }) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return (
    <ol className="way" aria-label="The traced path">
      {route(graph, chosen).map(({ node: id, column, step }) => {
        const node = nodes.get(id);
        const mark = node?.columns.find((each) => each.name === column)?.mark;
        return (
          <li key={`${id}#${column ?? ""}`} className={id === graph.root ? "way-root" : ""}>
            <small>{[node?.place, column && node?.name].filter(Boolean).join(" · ")}</small>
            <span className="way-name">
              <Name name={column ?? node?.name ?? ""} path="" /> {mark && <MarkChip mark={mark} />}
            </span>
            {step && (
              <button type="button" className={step.id === chosen?.id ? "way-step chosen-way" : "way-step"} onClick={() => onChoose(step)}>
                <i aria-hidden="true">{signs[step.how]}</i>
                {howWords(step)}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
