import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { AssetLink } from "~/shared/asset/AssetLink";
import { percent } from "~/shared/format/number";
import { day } from "~/shared/format/time";
import type { ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { MarkChip } from "~/shared/review/MarkChip";
import { Evidence } from "~/shared/review/ReviewDialog";
import { Button } from "~/shared/ui/Button";
import { Field } from "~/shared/ui/Field";
import { Tag } from "~/shared/ui/Seal";

interface Props {
  finding: ReviewItemFragment;
  mayDecide: boolean;
  busy: boolean;
  onConfirm: () => void;
  onReject: (reason: string) => void;
}

/** One finding with all its evidence, and the two answers. */
export function Answer({ finding, mayDecide, busy, onConfirm, onReject }: Props) {
  const { asset, column, mark, mode, decision } = finding;
  return (
    <section className="answer" aria-label={`Evidence for ${column}`}>
      <h3 className="q">{column}</h3>
      <p className="small soft">
        <AssetLink asset={asset} col={column} tab="columns" className="" /> ·{" "}
        <Link to="/lineage/$urn" params={{ urn: asset.id }} search={{ col: column }}>
          where it goes
        </Link>
      </p>
      <p className="row">
        {mark.state === "rejected" ? <Tag>not {mark.label}</Tag> : <MarkChip mark={mark} />}
        <span className="small muted">
          {percent(mark.score, 0)} sure, {mark.origin}
        </span>
      </p>
      {mode === "contamination" && <p className="small late">Some of its values are this, not the column as a whole.</p>}
      {finding.evidence.length > 0 ? <Evidence finding={finding} /> : <p className="small muted">No detector spoke; it is {mark.origin}.</p>}
      {decision && (
        <p className="small soft">
          {decision.by} said{decision.at && ` on ${day(decision.at)}`}: {decision.notPersonal ? "not personal" : mark.label}. “{decision.reason}”
        </p>
      )}
      {mayDecide ? <Answers key={finding.id} finding={finding} busy={busy} onConfirm={onConfirm} onReject={onReject} /> : <p className="small muted">Your roles let you look, not answer.</p>}
    </section>
  );
}

function Answers({ finding: { mark, decision }, busy, onConfirm, onReject }: Pick<Props, "finding" | "busy" | "onConfirm" | "onReject">) {
  const [reason, setReason] = useState("");
  const [asked, ask] = useState(false);
  const reject = () => {
    if (reason.trim() === "") ask(true);
    else onReject(reason.trim());
  };
  return (
    <div className="stack">
      <Field label="Reason" value={reason} onChange={setReason} lines={2} hint="Needed to call it not personal; kept for those who ask later." error={asked && reason.trim() === "" ? "Write why it is not personal." : undefined} />
      <div className="row">
        {!(decision && !decision.notPersonal) && (
          <Button look="go" busy={busy} onClick={onConfirm}>
            Confirm {mark.label}
          </Button>
        )}
        {!decision?.notPersonal && (
          <Button busy={busy} onClick={reject}>
            Not personal
          </Button>
        )}
      </div>
    </div>
  );
}
