import { useState } from "react";
import { count } from "~/shared/format/number";
import { legalDate } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Confirm, Dialog } from "~/shared/ui/Dialog";
import { Field } from "~/shared/ui/Field";
import type { Asked } from "./Acts";
import { planned, planSize, planWords, type Request } from "./model";
import type { RequestAct } from "./queries";
import { requestName, shortHash } from "./words";

interface Props {
  request: Request;
  asked: Asked | null;
  busy: boolean;
  onClose: () => void;
  run: (act: RequestAct) => void;
}

/** The dialogs before what cannot be undone, and before what needs a reason. */
export function ActDialogs({ request, asked, busy, onClose, run }: Props) {
  const name = requestName(request);
  switch (asked) {
    case "approve":
      return <Approve request={request} busy={busy} onClose={onClose} run={run} />;
    case "execute":
      return (
        <Confirm open onClose={onClose} title={`Carry out ${name}?`} act={request.kind === "erasure" ? `Erase ${count(planned(request), "row")}` : `Copy ${count(planned(request), "row")}`} typed={request.id} busy={busy} run={() => run({ act: "execute" })}>
          {planWords(request)} {request.kind === "erasure" && "What is erased in the databases cannot be brought back by Waymark."}
        </Confirm>
      );
    case "close":
      return (
        <Dialog open onClose={onClose} title={`Close ${name}?`} actions={<Yes word="Close the request" busy={busy} onClose={onClose} onYes={() => run({ act: "close" })} />}>
          <p className="small soft">Its clock stops. The ledger, the plan and the receipt stay.</p>
        </Dialog>
      );
    case "hold":
      return <WithReason title={`Set a hold on ${name}?`} word="Set the hold" hint="The law or the case that forbids to erase. It is kept in the ledger." busy={busy} onClose={onClose} run={(reason) => run({ act: "hold", reason })} />;
    case "accept":
      return <WithReason title="Accept what was not searched?" word="Accept" hint="Why the request may be answered without it. The receipt shows the reason." busy={busy} onClose={onClose} run={(reason) => run({ act: "accept", reason })} />;
    case "reject":
      return <WithReason title={`Reject ${name}?`} word="Reject the request" hint="The reasons that the subject is told, with where they may complain. Nothing is erased, and the request is not opened again." busy={busy} onClose={onClose} run={(reason) => run({ act: "reject", reason })} />;
    case "extend":
      return <WithReason title={`Extend ${name} until ${legalDate(request.extendTo ?? request.due)}?`} word="Extend the time" hint="The reason that the subject is told before the first day ends. The law allows it once." busy={busy} onClose={onClose} run={(reason) => run({ act: "extend", reason })} />;
    case "withdraw":
      return <WithReason title={`Did the subject take back ${name}?`} word="End the request" hint="How and when they said so. Nothing is erased, and the request is not opened again." busy={busy} onClose={onClose} run={(reason) => run({ act: "withdraw", reason })} />;
    case "revoke":
      return <WithReason title="Take back your approval?" word="Take it back" hint="The plan then waits for another person." busy={busy} onClose={onClose} run={(reason) => run({ act: "revoke", reason })} />;
    default:
      return null;
  }
}

function Approve({ request, busy, onClose, run }: Omit<Props, "asked">) {
  const { plan } = request;
  if (!plan) return null;
  return (
    <Dialog open onClose={onClose} title={`Approve the plan of ${requestName(request)}?`} actions={<Yes word={`Approve ${planSize(request)}`} busy={busy} onClose={onClose} onYes={() => run({ act: "approve", plan: plan.hash })} />}>
      <p className="small soft">{planWords(request)}</p>
      <p className="small soft">
        Your name stands under plan <code title={plan.hash}>{shortHash(plan.hash)}</code>. It counts for 72 hours, and only as long as every count stays exact.
      </p>
      {request.approvalNote && <p className="small">{request.approvalNote}</p>}
    </Dialog>
  );
}

function Yes({ word, busy, disabled = false, onClose, onYes }: { word: string; busy: boolean; disabled?: boolean; onClose: () => void; onYes: () => void }) {
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="go" busy={busy} disabled={disabled} onClick={onYes}>
        {word}
      </Button>
    </>
  );
}

function WithReason({ title, word, hint, busy, onClose, run }: { title: string; word: string; hint: string; busy: boolean; onClose: () => void; run: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  return (
    <Dialog open onClose={onClose} title={title} actions={<Yes word={word} busy={busy} disabled={reason.trim() === ""} onClose={onClose} onYes={() => run(reason.trim())} />}>
      <Field label="Reason" value={reason} onChange={setReason} hint={hint} lines={2} />
    </Dialog>
  );
}
