import { useState } from "react";
import type { SearchSort } from "~/shared/graphql/generated/operations";
import { sorts } from "~/shared/search/facets";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Field, Select } from "~/shared/ui/Field";
import type { ResultsAddress } from "./address";
import { sortWords } from "./model";

interface Props {
  address: ResultsAddress;
  sort: SearchSort;
  onSort: (sort: string | undefined) => void;
  /** Under which name this very search is kept. */
  kept?: string;
  /** `done` is called once it is kept. */
  onSave: (name: string, done: () => void) => void;
  onForget: (name: string) => void;
  busy: boolean;
}

/** The order of the results, and keeping this search under a name. */
export function SearchTools({ address, sort, onSort, kept, onSave, onForget, busy }: Props) {
  const [asked, ask] = useState(false);
  return (
    <div className="row tight results-tools no-print">
      <Select
        label="Order"
        hidden
        value={Object.entries(sorts).find(([, each]) => each === sort)?.[0] ?? "relevance"}
        onChange={(word) => onSort(word === "relevance" ? undefined : word)}
        options={Object.entries(sorts).map(([word, each]): [string, string] => [word, sortWords[each]])}
      />
      {kept === undefined ? (
        <Button small busy={busy} onClick={() => ask(true)}>
          Save
        </Button>
      ) : (
        <Button small busy={busy} onClick={() => onForget(kept)}>
          Forget “{kept}”
        </Button>
      )}
      {asked && (
        <SaveDialog
          proposed={address.q ?? ""}
          onClose={() => ask(false)}
          busy={busy}
          onSave={(name) => onSave(name, () => ask(false))}
        />
      )}
    </div>
  );
}

function SaveDialog({ proposed, onClose, onSave, busy }: { proposed: string; onClose: () => void; onSave: (name: string) => void; busy: boolean }) {
  const [name, setName] = useState(proposed);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save this search"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" disabled={!name.trim()} busy={busy} onClick={() => onSave(name.trim())}>
            Save the search
          </Button>
        </>
      }
    >
      <Field label="Name" value={name} onChange={setName} hint="It stands under the search field, for you alone: words, filters and order." />
    </Dialog>
  );
}
