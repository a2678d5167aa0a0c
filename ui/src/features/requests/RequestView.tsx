import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { clock, daysSince, day } from "~/shared/format/time";
import { Banner } from "~/shared/ui/Banner";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Section } from "~/shared/ui/Section";
import { Empty } from "~/shared/ui/states";
import { Stops, type Stop } from "~/shared/ui/Stops";
import { Time } from "~/shared/ui/Time";
import { ActDialogs } from "./ActDialogs";
import { Acts, type Asked } from "./Acts";
import { Clock } from "./Clock";
import { Exceptions } from "./Exceptions";
import { Looks } from "./Looks";
import { EditDialog } from "./EditDialog";
import { Edits } from "./Edits";
import { type PlanRow, planRows, type Request, runningAct } from "./model";
import { PlanTable } from "./PlanTable";
import { Progress } from "./Progress";
import { Proof } from "./Proof";
import type { RequestAct } from "./queries";
import { Reach } from "./Reach";
import { Signatures } from "./Signatures";
import { Subject } from "./Subject";
import { lawSentence, requestName, shortHash, spaced } from "./words";
import "./requests.css";

interface Props {
  request: Request;
  /** The display name of the reader. */
  me?: string;
  /** The act that runs now. */
  running?: RequestAct["act"];
  asked: Asked | null;
  onAsk: (asked: Asked | null) => void;
  run: (act: RequestAct) => void;
}

/** One request from receipt to receipt: the clock, the reach, the route, the plan with its outcomes, the words for it, the proof. */
export function RequestView({ request, me, running, asked, onAsk, run }: Props) {
  const [all, setAll] = useState(false);
  const [changing, change] = useState<PlanRow | null>(null);
  const { plan, state, hold, lawText } = request;
  const ask = (act: Asked) => {
    if (act === "plan" || act === "verify" || act === "receipt") run({ act });
    else if (act === "lift") run({ act: "hold", reason: "" });
    else onAsk(act);
  };
  return (
    <Page title={requestName(request)}>
      {hold && (
        <Banner tone="late" head="On hold: nothing is erased">
          {hold}
        </Banner>
      )}
      <PageHead
        crumbs={
          <nav className="crumbs" aria-label="Path">
            <Link to="/requests">Requests</Link>
            <span aria-hidden="true">/</span>
            <span>{request.id.split("-")[0]}</span>
          </nav>
        }
        title={requestName(request)}
        marks={
          <p className="soft">
            {lawSentence(lawText)}. <Subject key={me} request={request} />
          </p>
        }
        actions={<Acts request={request} busy={running === "edit" ? "plan" : (running ?? runningAct(request))} onAsk={ask} />}
      />
      <p className="vh" role="status">
        {requestName(request)} is {spaced(state)}.
      </p>
      <Progress run={request.run} />
      <section className="request-top" aria-label="Clock and reach">
        <Clock request={request} onAsk={ask} />
        <Reach plan={plan} />
      </section>
      <Stops label="State" stops={request.route.map(stop)} />
      <Section head="Plan and outcome" caption={plan ? <>Frozen as <code title={plan.hash}>{shortHash(plan.hash)}</code>. Outcomes arrive as they happen.</> : "What is to happen, counted exactly."}>
        {plan ? <PlanTable rows={planRows(request)} open={request.open} onChange={request.next.includes("edit") ? change : undefined} /> : <Empty head="No plan yet">{request.next.includes("plan") ? "Plan it: nothing is changed by that." : "The privacy officer plans it."}</Empty>}
        {plan && <Exceptions list={plan.exceptions} />}
        {plan && plan.notes.length > 0 && (
          <ul className="plan-open small soft">
            {plan.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {plan && <Edits request={request} busy={running !== undefined} run={run} />}
      </Section>
      <Section head="Approved by two" caption="Neither opened nor planned the request.">
        {request.approvalNote && request.open.length > 0 && <p className="small">{request.approvalNote}</p>}
        {plan ? <Signatures request={request} me={me} onRevoke={() => onAsk("revoke")} /> : <p className="muted">After the plan.</p>}
      </Section>
      <Section head="Verification" caption="Every planned and every reachable column, in every form.">
        <Looks request={request} />
        <Exceptions list={request.verifications.at(-1)?.exceptions ?? []} onAccept={request.next.includes("accept") ? () => onAsk("accept") : undefined} />
      </Section>
      <Section head="Proof" caption="Each line was in the ledger before the act.">
        <Proof request={request} all={all} onAll={() => setAll(!all)} onReceipt={request.next.includes("receipt") || request.receipt ? () => run({ act: "receipt" }) : undefined} busy={running === "receipt"} />
      </Section>
      {changing && (
        <EditDialog
          row={changing}
          busy={running === "edit"}
          onClose={() => change(null)}
          run={(edit) => {
            run(edit);
            change(null);
          }}
        />
      )}
      <ActDialogs request={request} asked={asked} busy={running !== undefined} onClose={() => onAsk(null)} run={run} />
    </Page>
  );
}

function stop({ state, at, standing }: Request["route"][number]): Stop {
  const place = standing === "passed" ? "passed" : standing === "now" ? "here" : "ahead";
  const when = at && <Time at={at} say={(each) => (daysSince(each) === 0 ? clock(each) : day(each))} />;
  return { id: state, word: spaced(state), place, when: place === "here" ? (when ?? "now") : when };
}
