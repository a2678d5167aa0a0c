import { useEffect, useRef, useState } from "react";
import { saidName } from "~/shared/asset/naming";
import type { StepEvidenceQuery } from "~/shared/graphql/generated/operations";
import { count, score } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { CopyButton } from "~/shared/ui/CopyButton";
import { Unknown } from "~/shared/ui/Hatch";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { Time } from "~/shared/ui/Time";
import { LineSample } from "./Bead";
import { endName, howWords, originWords, type GraphEdge, type GraphNode } from "./model";
import { spans } from "./span";

type Proof = StepEvidenceQuery["lineage"]["edges"][number];

/** One step: what goes where and how. */
export function StepHead({ step, from, to, onClose }: { step: GraphEdge; from?: GraphNode; to?: GraphNode; onClose: () => void }) {
  return (
    <div className="evidence-head">
      <div className="row apart">
        <span className="cap">One step</span>
        <Button square small look="plain" icon="close" aria-label="Close the evidence" onClick={onClose} />
      </div>
      <p className="evidence-end">{endName(from, step.fromColumn)}</p>
      <p className="row tight small">
        <LineSample how={step.how} />
        <span>
          {howWords(step)}
          {step.expression && (
            <>
              , <code>{step.expression.replace(/\s+/g, " ").slice(0, 80)}</code>
            </>
          )}
        </span>
      </p>
      <p className="evidence-end">{endName(to, step.toColumn)}</p>
    </div>
  );
}

/** The statements that say a step, the span marked; who ran them, since when, and how sure that is. */
export function Proofs({ proof, step, from, to }: { proof: Proof | null; step: GraphEdge; from?: GraphNode; to?: GraphNode }) {
  const [at, setAt] = useState(0);
  const box = useMarkInView(`${proof?.evidence[at]?.id ?? ""} ${step.id}`);
  if (!proof) return <Unknown>The statement is not kept: crawl its source again.</Unknown>;
  const { evidence } = proof;
  const shown = evidence[Math.min(at, evidence.length - 1)];
  const text = broken(shown?.sql ?? "");
  const tables = [from, to].flatMap((node) => (node?.asset ? [saidName(node.asset), node.asset.short] : []));
  return (
    <>
      {shown?.sql ? (
        <>
          <h2 className="q">The statement says so</h2>
          <div ref={box} className="evidence-sql">
            <Sql text={text} label="The statement behind this step" matched={spans(text, step, tables)} numbered />
          </div>
          <div className="row apart">
            {evidence.length > 1 ? (
              <span className="row tight small muted">
                <Button small disabled={at === 0} onClick={() => setAt(at - 1)}>
                  Previous
                </Button>
                {at + 1} of {evidence.length}
                <Button small disabled={at >= evidence.length - 1} onClick={() => setAt(at + 1)}>
                  Next
                </Button>
              </span>
            ) : (
              <span className="small muted">Literals are removed.</span>
            )}
            <CopyButton text={shown.sql} what="the statement" small>
              Copy
            </CopyButton>
          </div>
        </>
      ) : (
        <p className="small soft">No statement stands behind this step: it was told by {originWords(proof.origins)}.</p>
      )}
      <Facts proof={proof} users={shown?.users ?? []} runs={shown?.count ?? 0} />
    </>
  );
}

/** Scrolls a statement to the span that is marked in it, and nothing around it. */
function useMarkInView(of: string) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const sql = box.current?.querySelector("pre");
    const mark = sql?.querySelector("mark");
    if (sql && mark) sql.scrollTop = mark.offsetTop - sql.offsetTop - sql.clientHeight / 3;
  }, [of]);
  return box;
}

function Facts({ proof, users, runs }: { proof: Proof; users: string[]; runs: number }) {
  return (
    <dl className="facts">
      <dt>Said by</dt>
      <dd>
        {originWords(proof.origins)}
        {runs > 0 && `, ${count(runs, "run")} of this statement`}
      </dd>
      {users.length > 0 && (
        <>
          <dt>Run by</dt>
          <dd>{users.slice(0, 4).join(", ")}</dd>
        </>
      )}
      {(proof.first ?? proof.last) && (
        <>
          <dt>Seen</dt>
          <dd>
            {proof.first && (
              <>
                since <Time at={proof.first} />
              </>
            )}
            {proof.first && proof.last && ", "}
            {proof.last && (
              <>
                last <Time at={proof.last} />
              </>
            )}
            {proof.stale && <span className="late"> stale: not in 90 days</span>}
          </dd>
        </>
      )}
      <dt>Confidence</dt>
      <dd>{score(proof.confidence)}</dd>
    </dl>
  );
}
