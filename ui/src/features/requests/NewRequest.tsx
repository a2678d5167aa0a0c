import { useState } from "react";
import { explain } from "~/shared/graphql/errors";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field, Select } from "~/shared/ui/Field";
import { useOpenRequest } from "./queries";
import { kinds, laws } from "./words";

interface Key {
  key: string;
  value: string;
}

/** Opens a request: what is asked, under which law, and who asks. Their keys go to the privacy store and nowhere else. */
export function NewRequest({ onClose, onOpened }: { onClose: () => void; onOpened: (id: string) => void }) {
  const [kind, setKind] = useState("erasure");
  const [law, setLaw] = useState("gdpr");
  const [keys, setKeys] = useState<Key[]>([{ key: "email", value: "" }]);
  const [asked, ask] = useState(false);
  const open = useOpenRequest(onOpened);
  const given = keys.filter((each) => each.key.trim() && each.value.trim()).map(({ key, value }) => ({ key: key.trim(), value: value.trim() }));
  const submit = () => {
    ask(true);
    if (given.length > 0) open.mutate({ kind, law, subject: given });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Open a request"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" busy={open.isPending} onClick={submit}>
            Open the request
          </Button>
        </>
      }
    >
      <form
        className="stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="request-pair">
          <Select label="What is asked" value={kind} onChange={setKind} options={kinds} />
          <Select label="Law" value={law} onChange={setLaw} options={laws} />
        </div>
        {kind !== "erasure" && kind !== "access" && <p className="small muted">Waymark keeps the day of this kind; it is carried out by hand.</p>}
        <SubjectKeys keys={keys} onChange={setKeys} missing={asked && given.length === 0} />
        {open.error && (
          <p className="small bad" role="alert">
            Not opened. {explain(open.error).why}
          </p>
        )}
        <button type="submit" className="vh" tabIndex={-1}>
          Open
        </button>
      </form>
    </Dialog>
  );
}

function SubjectKeys({ keys, onChange, missing }: { keys: Key[]; onChange: (keys: Key[]) => void; missing: boolean }) {
  const change = (at: number, next: Partial<Key>) => onChange(keys.map((each, index) => (index === at ? { ...each, ...next } : each)));
  return (
    <fieldset className="stack">
      <legend className="vh">Who asks</legend>
      {keys.map((each, index) => (
        <div className="request-pair" key={index}>
          <Field label="Known by" value={each.key} onChange={(key) => change(index, { key })} hint={index === 0 ? "email, phone, or a column such as customer_id" : undefined} />
          <Field label="Value" value={each.value} onChange={(value) => change(index, { value })} error={missing && index === 0 ? "Give at least one value that names the person." : undefined} hint={index === 0 ? "kept sealed, shown masked" : undefined} />
        </div>
      ))}
      <div>
        <Button small icon="plus" onClick={() => onChange([...keys, { key: "", value: "" }])}>
          Add a key
        </Button>
      </div>
    </fieldset>
  );
}
