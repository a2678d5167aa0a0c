import { useMemo, type ReactNode } from "react";
import { pathOf, saidName, type Named } from "~/shared/asset/naming";
import { count, number } from "~/shared/format/number";
import { list, toggled } from "~/shared/format/address";
import { Button } from "~/shared/ui/Button";
import { Name } from "~/shared/ui/Name";
import { Page } from "~/shared/ui/Page";
import { Empty, TooMany } from "~/shared/ui/states";
import { useMedia } from "~/shared/ui/useMedia";
import { assetsAsked, modeOf, mostAssets, reachWords, type LineageAddress } from "./address";
import { Bar } from "./Bar";
import { Canvas } from "./Canvas";
import { collapse } from "./collapse";
import { Legend } from "./Legend";
import { columnsOnPath } from "./measure";
import { counts, endName, graphOf, type Answer, type Graph, type GraphEdge, type GraphNode } from "./model";
import { traced } from "./path";
import { Route } from "./Route";
import { StepList } from "./StepList";
import type { WayEnd } from "./WayTools";
import "./Lineage.css";

interface Props {
  answer: Answer;
  /** The column that the answer traces. */
  column?: string;
  address: LineageAddress;
  columns: string[];
  onChange: (change: Partial<LineageAddress>) => void;
  onTrace: (node: string, column: string) => void;
  /** The evidence of a step, or what a change of the root would touch. */
  side: (step: GraphEdge | undefined, node: (id: string) => GraphNode | undefined) => ReactNode;
  way: WayEnd;
  /** The asset that was asked for, also where no way leads from it. */
  self?: Named;
  /** What changed between the two days that are compared. */
  changed?: ReactNode;
}

/** Where an asset, or a column, comes from and what it feeds: drawn, proven, and the same as a list. */
export function Lineage({ answer, column, address, columns, onChange, onTrace, side, way, self, changed }: Props) {
  const narrow = useMedia("(max-width: 767px)");
  const { indirect, stale, refuted, to } = address;
  const mode = modeOf(address);
  const graph = useMemo(() => graphOf(answer, column, { indirect: to !== undefined || indirect === "yes", stale: to !== undefined || stale === "yes", refuted: refuted === "yes" }, mode === "columns"), [answer, column, indirect, stale, refuted, to, mode]);
  const chosen = chosenStep(graph, address.edge);
  const path = useMemo(() => (to ? new Set(graph.edges.map((edge) => edge.id)) : traced(graph, chosen)), [graph, chosen, to]);
  const open = useMemo(() => new Set(list(address.open)), [address.open]);
  const view = useMemo(() => collapse(graph, path, open), [graph, path, open]);
  const onPath = useMemo(() => columnsOnPath(view, path), [view, path]);
  const root = graph.nodes.find((node) => node.id === graph.root);
  const asset = root?.asset ?? self;
  const name = root ? endName(root, column) : self ? saidName(self) : "";
  const choose = (step: GraphEdge) => onChange({ edge: step.id });
  return (
    <Page title={`Lineage of ${name}`} wide>
      <Bar title={<Title asset={asset} hidden={root?.name} column={column} />} caption={caption(graph, answer, address, way)} address={address} columns={columns} onChange={onChange} way={way} />
      <div className="lineage-stage">
        {narrow ? (
          <Route graph={graph} chosen={chosen} onChoose={choose} />
        ) : (
          <Canvas
            view={view}
            root={graph.root}
            path={path}
            onPath={onPath}
            chosen={chosen?.id}
            open={open}
            label={`Lineage of ${name}, drawn. Arrow keys walk, Enter shows the evidence, t goes to the same as a list.`}
            onChoose={choose}
            onOpen={(key) => onChange({ open: toggled(address.open, key) })}
            onTrace={onTrace}
            onList={focusList}
          />
        )}
        <aside className="lineage-side clips" aria-label="Evidence">
          {side(chosen, (id) => graph.nodes.find((node) => node.id === id))}
        </aside>
      </div>
      <div className="page">
        <Legend columns={mode === "columns"} />
        {to && answer.edges.length === 0 && <Empty head={`No way leads from ${name} to ${way.chosen ? saidName(way.chosen) : "there"}`}>Neither along the data nor against it, as far as lineage is known{address.at ? " of that day" : ""}.</Empty>}
        {changed}
        {!to && (answer.truncated || (answer.more > 0 && !column)) && <Beyond answer={answer} address={address} column={column} onMany={() => onChange({ many: "yes" })} />}
        <StepList graph={graph} path={path} chosen={chosen?.id} onChoose={choose} name={`lineage-${name.replace(/[^\p{L}\p{N}]+/gu, "-")}`} />
      </div>
    </Page>
  );
}

function Title({ asset, hidden, column }: { asset?: Named; hidden?: string; column?: string }) {
  if (!asset) return <>{hidden}</>;
  return column ? <Name name={column} path={`${saidName(asset)}.`} /> : <Name name={asset.short} path={pathOf(asset)} />;
}

/** The step whose evidence is shown: the one of the address; when a column is traced, the one that leads into it. */
function chosenStep(graph: Graph, asked: string | undefined): GraphEdge | undefined {
  if (asked) return graph.edges.find((edge) => edge.id === asked);
  if (!graph.column) return undefined;
  const into = graph.edges.filter((edge) => edge.to === graph.root && edge.toColumn === graph.column && edge.how !== "indirect");
  return into[0] ?? graph.edges.find((edge) => edge.from === graph.root && edge.fromColumn === graph.column);
}

function caption(graph: Graph, { nodes, more }: Answer, address: LineageAddress, way: WayEnd): string {
  if (address.to && graph.nodes.length === 0) return `no way to ${way.chosen ? saidName(way.chosen) : "the asset that was asked for"}`;
  if (address.to) return `the shortest way to ${way.chosen ? saidName(way.chosen) : "the asset that was asked for"}: ${count(Math.max(0, graph.nodes.length - 1), "step")}`;
  const { up, down, sources } = counts(graph);
  const from = graph.column ? count(sources, "source column") : count(up, "asset");
  const parts = [address.dir !== "down" && `comes from ${from}`, address.dir !== "up" && `feeds ${count(down, "asset")}`];
  const cut = nodes.length >= assetsAsked(address) && more > 0 ? `${number(nodes.length)} of ${count(nodes.length + more, "asset")} are loaded: ` : "";
  return `${cut}${parts.filter(Boolean).join(", ")}; ${reachWords(address)}`;
}

function Beyond({ answer: { more, nodes }, address, column, onMany }: { answer: Answer; address: LineageAddress; column?: string; onMany: () => void }) {
  const reach = reachWords(address);
  const asked = assetsAsked(address);
  const cut = nodes.length >= asked;
  const known = count(nodes.length, "asset");
  const onward = column ? "Take more steps" : "Take more steps, or trace one column";
  return (
    <TooMany
      head={column || more === 0 ? `The trace goes on beyond ${cut ? known : reach}` : `${count(more, "further asset")} beyond ${cut ? `the first ${known}` : reach}`}
      actions={
        cut &&
        asked < mostAssets && (
          <Button small onClick={onMany}>
            Load up to {number(mostAssets)}
          </Button>
        )
      }
    >
      {known} are listed{cut && asked === mostAssets ? ", and no more at once. Take fewer steps, or one direction" : cut ? "" : `. ${onward}; the numbers at the edges of the drawing lead on`}.
    </TooMany>
  );
}

function focusList() {
  const first = document.querySelector<HTMLElement>("#list button");
  first?.scrollIntoView({ block: "center" });
  first?.focus();
}
