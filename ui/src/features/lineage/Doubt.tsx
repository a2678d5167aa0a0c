import { useState } from "react";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field } from "~/shared/ui/Field";
import { Time } from "~/shared/ui/Time";
import type { Answer } from "./model";

type Refuted = Answer["edges"][number]["refuted"];

interface Props {
  refuted: Refuted;
  disputed: boolean;
  what: string;
  /** Missing for those who may not. */
  onRefute?: (reason: string, done: () => void) => void;
  onWithdraw?: () => void;
  busy: boolean;
}

/** What stands against a step, and saying that it is wrong; that word survives every crawl and can be taken back. */
export function Doubt({ refuted, disputed, what, onRefute, onWithdraw, busy }: Props) {
  const [asked, ask] = useState(false);
  return (
    <div className="stack">
      {disputed && <p className="small bad">Its source knows every input of this asset, and does not know this one.</p>}
      {refuted && (
        <p className="small">
          <b className="bad">Refuted</b> by {refuted.by}, <Time at={refuted.at} />: {refuted.reason}
        </p>
      )}
      {refuted
        ? onWithdraw && (
            <Button small busy={busy} onClick={onWithdraw}>
              Take the refutation back
            </Button>
          )
        : onRefute && (
            <Button small busy={busy} onClick={() => ask(true)}>
              This is wrong …
            </Button>
          )}
      {asked && (
        <RefuteDialog
          what={what}
          onClose={() => ask(false)}
          busy={busy}
          onRefute={(reason) => onRefute?.(reason, () => ask(false))}
        />
      )}
    </div>
  );
}

function RefuteDialog({ what, onClose, onRefute, busy }: { what: string; onClose: () => void; onRefute: (reason: string) => void; busy: boolean }) {
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      title="Say that this step is wrong"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" disabled={!reason.trim()} busy={busy} onClick={() => onRefute(reason.trim())}>
            Refute the step
          </Button>
        </>
      }
    >
      <p className="small soft">{what}. It is left out of lineage and impact, also after the next crawl, until somebody takes the word back.</p>
      <Field label="Why it is wrong" value={reason} onChange={setReason} lines={3} hint="Kept with your name, for those who ask later." />
    </Dialog>
  );
}
