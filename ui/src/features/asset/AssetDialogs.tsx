import { useState } from "react";
import { saidName } from "~/shared/asset/naming";
import { day } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field } from "~/shared/ui/Field";
import type { Asset } from "./model";
import { useCertify, useDeprecate, useDescribe } from "./queries";

interface Props {
  asset: Asset;
  onClose: () => void;
}

/** Vouches for an asset until a day. A dialog closes once what it says is kept; until then nothing typed is lost. */
export function CertifyDialog({ asset, onClose }: Props) {
  const [until, setUntil] = useState(nextYear);
  const [note, setNote] = useState("");
  const certify = useCertify();
  const name = saidName(asset);
  const past = until !== "" && new Date(until) <= new Date();
  const save = () => {
    const at = new Date(`${until}T00:00:00Z`).toISOString();
    certify.mutate(
      {
        variables: { id: asset.id, until: at, note: note || undefined },
        said: `${name} is certified until ${day(at)}.`,
        undo: { id: asset.id, until: asset.certification?.until },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onClose={onClose} title={`Certify ${name}`} actions={<Actions onClose={onClose} act="Certify it" disabled={!until || past} busy={certify.isPending} onAct={save} />}>
      <Field label="Certified until" type="date" value={until} onChange={setUntil} error={past ? "That day is past. Choose a later one." : undefined} />
      <Field label="Note" value={note} onChange={setNote} hint="What you looked at, in a sentence." />
    </Dialog>
  );
}

/** Marks an asset as not to be used any more, and says what to use instead. */
export function DeprecateDialog({ asset, onClose }: Props) {
  const [note, setNote] = useState("");
  const [replacement, setReplacement] = useState("");
  const deprecate = useDeprecate();
  const save = () => {
    deprecate.mutate(
      {
        variables: { id: asset.id, note, replacement: replacement || undefined },
        said: `${saidName(asset)} is deprecated.`,
        undo: { id: asset.id },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onClose={onClose} title={`Deprecate ${saidName(asset)}`} actions={<Actions onClose={onClose} act="Deprecate it" disabled={!note.trim()} busy={deprecate.isPending} onAct={save} />}>
      <Field label="What is wrong with it" value={note} onChange={setNote} lines={2} />
      <Field label="Use instead" value={replacement} onChange={setReplacement} hint="A full name, or as much of its end as one asset alone has." />
    </Dialog>
  );
}

/** Says in words what an asset is. */
export function DescribeDialog({ asset, onClose }: Props) {
  const [text, setText] = useState(asset.description);
  const describe = useDescribe();
  const save = () => {
    describe.mutate(
      {
        variables: { id: asset.id, text },
        said: `${saidName(asset)} is described anew.`,
        undo: { id: asset.id, text: asset.description },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onClose={onClose} title={`Describe ${saidName(asset)}`} actions={<Actions onClose={onClose} act="Save the description" disabled={text === asset.description} busy={describe.isPending} onAct={save} />}>
      <Field label="What it is" value={text} onChange={setText} lines={5} hint="What one row is, in which unit, what to mind." />
    </Dialog>
  );
}

function Actions({ onClose, act, disabled, busy, onAct }: { onClose: () => void; act: string; disabled: boolean; busy: boolean; onAct: () => void }) {
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="go" disabled={disabled} busy={busy} onClick={onAct}>
        {act}
      </Button>
    </>
  );
}

function nextYear(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear() + 1, now.getMonth(), now.getDate())).toISOString().slice(0, 10);
}
