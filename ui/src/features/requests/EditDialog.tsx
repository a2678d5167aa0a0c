import { useState } from "react";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field, Select } from "~/shared/ui/Field";
import type { PlanRow } from "./model";
import { changes, type Change, type PlanChange } from "./edits";

interface Props {
  row: PlanRow;
  busy: boolean;
  onClose: () => void;
  run: (change: PlanChange) => void;
}

/** Changes what the plan does with one collection. The plan is then counted again and approved again. */
export function EditDialog({ row, busy, onClose, run }: Props) {
  const [what, setWhat] = useState<Change>("retain");
  const [column, setColumn] = useState("");
  const [ground, setGround] = useState("");
  const [until, setUntil] = useState("");
  const byColumn = what !== "exclude";
  const missing = what === "retain" && ground.trim() === "";
  const target = row.step?.dataset ?? row.name;
  const save = () => run({ act: "edit", what, target: byColumn && column ? `${target}.${column}` : target, ground: ground.trim(), until: what === "retain" ? until : "" });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change what happens in ${row.name}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" busy={busy} disabled={missing} onClick={save}>
            Change the plan
          </Button>
        </>
      }
    >
      <Select label="What is to happen" value={what} onChange={(each) => setWhat(each as Change)} options={changes} />
      {byColumn && <Select label="Where" value={column} onChange={setColumn} options={[["", "The whole row"], ...row.columns.map((each): [string, string] => [each, `Only the column ${each}`])]} />}
      <Field label={what === "retain" ? "The law that wants it kept" : "Reason"} value={ground} onChange={setGround} hint="Stands in the plan, in the receipt and in the ledger. Name no person." lines={2} />
      {what === "retain" && <Field label="Keep until" type="date" value={until} onChange={setUntil} hint="Leave it empty when the law names no day." />}
      <p className="small soft">The plan is counted again and gets a new hash. Approvals that were given end, and you cannot approve it yourself.</p>
    </Dialog>
  );
}
