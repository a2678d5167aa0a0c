import { useState } from "react";
import { saidName } from "~/shared/asset/naming";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field } from "~/shared/ui/Field";
import type { Asset } from "./model";
import { useSetSla } from "./queries";

/** Promises a time of day, an age, or both; with neither the promise ends. */
export function SlaDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const [dueBy, setDueBy] = useState("");
  const [hours, setHours] = useState("");
  const setSla = useSetSla();
  const name = saidName(asset);
  const age = hours.trim() === "" ? undefined : Number(hours);
  const wrong = age !== undefined && !(age > 0);
  const none = dueBy === "" && age === undefined;
  const save = () => {
    const zone = dueBy ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined;
    setSla.mutate({ variables: { id: asset.id, dueBy: dueBy || undefined, zone, freshnessHours: age }, said: none ? `Nothing is promised of ${name} any more.` : `${name} is promised.`, undo: none ? undefined : { id: asset.id } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Promise of ${name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" disabled={wrong} busy={setSla.isPending} onClick={save}>
            {none ? "End the promise" : "Promise it"}
          </Button>
        </>
      }
    >
      <Field label="Written by, every day" type="time" value={dueBy} onChange={setDueBy} hint="In the time zone of this browser." />
      <Field label="Never older than, in hours" value={hours} onChange={setHours} error={wrong ? "A number of hours above 0." : undefined} hint="With neither, the promise ends." />
    </Dialog>
  );
}
