import { useState } from "react";
import { saidName } from "~/shared/asset/naming";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field, Select } from "~/shared/ui/Field";
import type { Asset } from "./model";
import { useIncidents } from "./queries";

/** Says that something is wrong with an asset. */
export function OpenIncidentDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [detail, setDetail] = useState("");
  const [severity, setSeverity] = useState("warning");
  const { open } = useIncidents();
  const save = () => open.mutate({ id: asset.id, severity, title: title.trim(), detail: detail.trim() || undefined }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Report a problem with ${saidName(asset)}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" disabled={!title.trim()} busy={open.isPending} onClick={save}>
            Open the incident
          </Button>
        </>
      }
    >
      <Field label="What is wrong" value={title} onChange={setTitle} hint="In a few words: revenue of Monday counts twice." />
      <Field label="What you saw" value={detail} onChange={setDetail} lines={3} hint="Since when, how you noticed. No values of the data." />
      <Select
        label="How bad"
        value={severity}
        onChange={setSeverity}
        options={[
          ["warning", "warning: to be used with care"],
          ["critical", "critical: not to be used; it sinks in search"],
        ]}
      />
    </Dialog>
  );
}

/** Says that an incident is over, and what was done; that cannot be undone, but it can be reported again. */
export function CloseIncidentDialog({ incident, onClose }: { incident: { id: string; title: string }; onClose: () => void }) {
  const [note, setNote] = useState("");
  const { close } = useIncidents();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Close “${incident.title}”`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" disabled={!note.trim()} busy={close.isPending} onClick={() => close.mutate({ id: incident.id, note: note.trim() }, { onSuccess: onClose })}>
            Close the incident
          </Button>
        </>
      }
    >
      <Field label="What was done" value={note} onChange={setNote} lines={2} hint="Kept with the incident." />
    </Dialog>
  );
}
