import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useState } from "react";
import { compared, endOf, type LineageAddress } from "~/features/lineage/address";
import { warm } from "~/features/lineage/arrange";
import { Changed } from "~/features/lineage/Changed";
import { Doubt } from "~/features/lineage/Doubt";
import { Proofs, StepHead } from "~/features/lineage/Evidence";
import { Impact } from "~/features/lineage/Impact";
import { Lineage } from "~/features/lineage/Lineage";
import { endName, type GraphEdge, type GraphNode } from "~/features/lineage/model";
import { changesQuery, evidenceQuery, graphQuery, impactQuery, tracedColumnsQuery, useRefute } from "~/features/lineage/queries";
import type { WayEnd } from "~/features/lineage/WayTools";
import { suggestQuery } from "~/features/suggest/queries";
import { useMay } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";

/** No step has this name: its evidence was closed. */
const closed = "none";

const route = getRouteApi("/lineage/$urn");

export function LineagePage() {
  const { urn } = route.useParams();
  const address = route.useSearch();
  const navigate = useNavigate({ from: "/lineage/$urn" });
  useEffect(warm, []);
  const trace = useQuery(graphQuery(urn, address));
  const columns = useQuery(tracedColumnsQuery(urn));
  const change = (next: Partial<LineageAddress>) => void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false });
  const way = useWayEnd(address.to, (to) => change({ to, edge: undefined, open: undefined }));
  if (!trace.data) {
    return (
      <Page title="Lineage">
        <PageHead title="Lineage" />
        <Await query={trace} what="the lineage" rows={8}>
          {() => null}
        </Await>
      </Page>
    );
  }
  const { answer, column } = trace.data;
  const between = compared(address);
  const past = endOf(address.at) !== undefined;
  return (
    <Lineage
      answer={answer}
      column={column}
      address={address}
      columns={columns.data?.asset?.columns.map(({ name }) => name) ?? []}
      onChange={change}
      onTrace={(node, col) => void navigate({ params: { urn: node }, search: (before) => ({ ...before, col, mode: undefined, edge: undefined }), resetScroll: false })}
      way={way}
      self={columns.data?.asset ?? undefined}
      changed={between && <Compared id={urn} between={between} />}
      side={(step, node) => (step ? <Step step={step} node={node} asOf={endOf(address.at)} onClose={() => change({ edge: closed })} /> : <Root id={answer.root} column={column} node={node} past={past} />)}
    />
  );
}

const traceable = new Set(["dataset", "dashboard", "chart", "job", "flow", "model", "topic"]);

/** The other end of a way: what is typed, what it finds, what is chosen. */
function useWayEnd(chosen: string | undefined, onChoose: WayEnd["onChoose"]): WayEnd {
  const [text, onText] = useState("");
  const suggestions = useQuery(suggestQuery(useDeferredValue(text)));
  const end = useQuery({ ...tracedColumnsQuery(chosen ?? ""), enabled: chosen !== undefined });
  const found = text.trim().length > 1 ? (suggestions.data?.suggest ?? []).flatMap(({ asset }) => (asset && traceable.has(asset.type) ? [asset] : [])) : [];
  return { text, onText, found, chosen: chosen === undefined ? undefined : (end.data?.asset ?? undefined), onChoose };
}

function Compared({ id, between }: { id: string; between: NonNullable<ReturnType<typeof compared>> }) {
  return (
    <Await query={useQuery(changesQuery(id, between))} what="what changed" rows={3}>
      {({ lineageDiff }) => <Changed diff={lineageDiff} between={between} />}
    </Await>
  );
}

type FindNode = (id: string) => GraphNode | undefined;

function Step({ step, node, asOf, onClose }: { step: GraphEdge; node: FindNode; asOf?: string; onClose: () => void }) {
  const [from, to] = [node(step.from), node(step.to)];
  const evidence = useQuery(evidenceQuery(step.from, step.to, asOf));
  const { refute, withdraw } = useRefute(step.from, step.to);
  const mayEdit = useMay("edit") && asOf === undefined;
  return (
    <>
      <StepHead step={step} from={from} to={to} onClose={onClose} />
      <Await query={evidence} what="the evidence" rows={3}>
        {(proof) => <Proofs key={step.id} proof={proof} step={step} from={from} to={to} />}
      </Await>
      <Doubt
        refuted={step.refuted}
        disputed={step.disputed}
        what={`${endName(from, undefined)} does not flow into ${endName(to, undefined)}`}
        onRefute={mayEdit ? (reason, done) => refute.mutate(reason, { onSuccess: done }) : undefined}
        onWithdraw={mayEdit ? () => withdraw.mutate() : undefined}
        busy={refute.isPending || withdraw.isPending}
      />
      {from?.asset && <Touched id={step.from} column={step.fromColumn} what={step.fromColumn ?? from.name} past={asOf !== undefined} />}
    </>
  );
}

function Root({ id, column, node, past }: { id: string; column?: string; node: FindNode; past: boolean }) {
  const root = node(id);
  return (
    <>
      <p className="small soft">Choose a step, in the drawing or in the list, to see the statement that says so.</p>
      {root?.asset && <Touched id={id} column={column} what={column ?? endName(root, undefined)} past={past} />}
    </>
  );
}

function Touched({ id, column, what, past }: { id: string; column?: string; what: string; past: boolean }) {
  const impact = useQuery(impactQuery(id, column));
  return (
    <Await query={impact} what="what a change would touch" rows={2}>
      {(data) => <Impact impact={data.impact} what={what} id={id} column={column} past={past} />}
    </Await>
  );
}
