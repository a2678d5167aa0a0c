import { doubtWords, endName, howWords, originWords, type Graph } from "./model";

/** The steps of a graph as a table that spreadsheets read. */
export function csvOf(graph: Graph, path: ReadonlySet<string>): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const rows = graph.edges.map((edge) => [
    endName(nodes.get(edge.from), edge.fromColumn),
    endName(nodes.get(edge.to), edge.toColumn),
    howWords(edge),
    originWords(edge.origins),
    edge.confidence.toFixed(3),
    path.has(edge.id) ? "yes" : "",
    doubtWords(edge).join(", "),
    edge.expression,
  ]);
  return [["from", "to", "how", "evidence", "confidence", "on the path", "doubt", "expression"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Quotes what has to be quoted, and keeps spreadsheets from reading a text as a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
