import { useState, useSyncExternalStore } from "react";
import { letters, registered } from "~/shared/keys/registry";
import { Dialog } from "~/shared/ui/Dialog";
import { Check } from "~/shared/ui/Field";

/** All keys of the page as it stands, and the switch for single letters. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const commands = useSyncExternalStore(registered.subscribe, registered.now);
  const [on, setOn] = useState(letters.on);
  return (
    <Dialog open={open} onClose={onClose} title="Keys of this page">
      <dl className="facts">
        {commands
          .filter((command) => command.keys)
          .map((command) => (
            <KeyLine key={command.keys + command.does} keys={command.keys} does={command.does} />
          ))}
      </dl>
      <Check
        checked={on}
        onChange={(now) => {
          letters.turn(now);
          setOn(now);
        }}
      >
        Single-letter keys
      </Check>
    </Dialog>
  );
}

function KeyLine({ keys, does }: { keys: string; does: string }) {
  return (
    <>
      <dt className="row tight">
        {keys.split(/,? /).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </>
  );
}
