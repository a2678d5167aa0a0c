import { useState } from "react";
import type { FindingFactsFragment } from "~/shared/graphql/generated/operations";
import { percent } from "~/shared/format/number";
import { day } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field } from "~/shared/ui/Field";
import { MarkChip } from "./MarkChip";
import { useDecide } from "./queries";
import "./ReviewDialog.css";

interface Props {
  /** The dataset's URN, and its name as it is said. */
  dataset: string;
  name: string;
  finding: FindingFactsFragment;
  onClose: () => void;
  mayDecide: boolean;
}

/** Why a column looks personal, and the two answers a person can give. The reason is kept with the answer. */
export function ReviewDialog({ dataset, name, finding, onClose, mayDecide }: Props) {
  const [reason, setReason] = useState("");
  const decide = useDecide(onClose);
  const { column, mark } = finding;
  const answer = (notPersonal: boolean) => decide.mutate({ id: dataset, column, class: notPersonal ? null : mark.class, notPersonal, reason: reason.trim() });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Is ${column} personal data?`}
      actions={
        mayDecide && (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button disabled={!reason.trim()} busy={decide.isPending} onClick={() => answer(true)}>
              It is not personal
            </Button>
            <Button look="go" disabled={!reason.trim()} busy={decide.isPending} onClick={() => answer(false)}>
              It is: {mark.label}
            </Button>
          </>
        )
      }
    >
      <p className="small soft">{name}</p>
      <p className="row">
        <MarkChip mark={mark} /> <span className="small muted">{percent(mark.score, 0)} sure</span>
      </p>
      <Evidence finding={finding} />
      {finding.decision && (
        <p className="small soft">
          {finding.decision.by} said on {finding.decision.at ? day(finding.decision.at) : "an unknown day"}: “{finding.decision.reason}”
        </p>
      )}
      {mayDecide ? <Field label="Reason" value={reason} onChange={setReason} hint="Kept with the answer, for those who ask later." lines={2} /> : <p className="small muted">Your roles let you look, not answer.</p>}
    </Dialog>
  );
}

/** The reasons of a finding: counts and shapes, never a value; what speaks against it with a minus. */
export function Evidence({ finding }: { finding: Pick<FindingFactsFragment, "evidence"> }) {
  return (
    <table className="evidence">
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">What was seen</th>
          <th scope="col" className="num">
            Weight
          </th>
        </tr>
      </thead>
      <tbody>
        {finding.evidence.map(({ kind, rule, detail, weight }) => (
          <tr key={kind + rule + detail}>
            <th scope="row">{kind}</th>
            <td>
              {detail} <code className="muted">{rule}</code>
            </td>
            <td className="num">{weight > 0 ? `+${weight.toFixed(1)}` : weight.toFixed(1).replace("-", "−")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
