import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { question, type LineageAddress } from "~/features/lineage/address";
import { warm } from "~/features/lineage/arrange";
import { Proofs, StepHead } from "~/features/lineage/Evidence";
import { Impact } from "~/features/lineage/Impact";
import { Lineage } from "~/features/lineage/Lineage";
import { endName, type GraphEdge, type GraphNode } from "~/features/lineage/model";
import { evidenceQuery, impactQuery, tracedColumnsQuery, traceQuery } from "~/features/lineage/queries";
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
  const trace = useQuery(traceQuery(question(urn, address)));
  const columns = useQuery(tracedColumnsQuery(urn));
  const change = (next: Partial<LineageAddress>) => void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false });
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
  return (
    <Lineage
      answer={answer}
      column={column}
      address={address}
      columns={columns.data?.asset?.columns.map(({ name }) => name) ?? []}
      onChange={change}
      onTrace={(node, col) => void navigate({ params: { urn: node }, search: (before) => ({ ...before, col, mode: undefined, edge: undefined }), resetScroll: false })}
      side={(step, node) => (step ? <Step step={step} node={node} onClose={() => change({ edge: closed })} /> : <Root id={answer.root} column={column} node={node} />)}
    />
  );
}

type FindNode = (id: string) => GraphNode | undefined;

function Step({ step, node, onClose }: { step: GraphEdge; node: FindNode; onClose: () => void }) {
  const [from, to] = [node(step.from), node(step.to)];
  const evidence = useQuery(evidenceQuery(step.from, step.to));
  return (
    <>
      <StepHead step={step} from={from} to={to} onClose={onClose} />
      <Await query={evidence} what="the evidence" rows={3}>
        {(proof) => <Proofs key={step.id} proof={proof} step={step} from={from} to={to} />}
      </Await>
      {from?.asset && <Touched id={step.from} column={step.fromColumn} what={step.fromColumn ?? from.name} />}
    </>
  );
}

function Root({ id, column, node }: { id: string; column?: string; node: FindNode }) {
  const root = node(id);
  return (
    <>
      <p className="small soft">Choose a step, in the drawing or in the list, to see the statement that says so.</p>
      {root?.asset && <Touched id={id} column={column} what={column ?? endName(root, undefined)} />}
    </>
  );
}

function Touched({ id, column, what }: { id: string; column?: string; what: string }) {
  const impact = useQuery(impactQuery(id, column));
  return (
    <Await query={impact} what="what a change would touch" rows={2}>
      {(data) => <Impact impact={data.impact} what={what} id={id} column={column} />}
    </Await>
  );
}
