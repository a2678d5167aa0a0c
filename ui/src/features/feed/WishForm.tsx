import { useState } from "react";
import { toggled } from "~/shared/format/address";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Check, Field, Select } from "~/shared/ui/Field";
import { kinds, wrongWith, type Wish } from "./model";

const blank: Wish = { scope: "asset", value: "", kinds: ["breaking", "incident", "check"], channel: "mail", hook: "" };

const labels: Record<string, [label: string, hint: string]> = {
  asset: ["Table or dashboard", "A full name, or as much of its end as one asset alone has."],
  zone: ["Zone", "analytics, say."],
  owner: ["Account of the owner", "ana, say."],
};

/** Of what to be told, and how. */
export function WishForm({ onClose, onSubscribe, busy }: { onClose: () => void; onSubscribe: (wish: Wish) => void; busy: boolean }) {
  const [wish, set] = useState(blank);
  const [tried, setTried] = useState(false);
  const change = (next: Partial<Wish>) => set((before) => ({ ...before, ...next }));
  const wrong = wrongWith(wish);
  const shown = tried ? wrong : {};
  const send = () => {
    setTried(true);
    if (Object.keys(wrong).length === 0) onSubscribe(wish);
  };
  const about = labels[wish.scope];
  return (
    <Dialog
      open
      onClose={onClose}
      title="Be told of changes"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="go" busy={busy} onClick={send}>
            Subscribe
          </Button>
        </>
      }
    >
      <Select
        label="Of"
        value={wish.scope}
        onChange={(scope) => change({ scope, value: "" })}
        options={[
          ["asset", "one asset"],
          ["zone", "a zone"],
          ["owner", "what somebody owns"],
          ["everything", "everything I may see"],
        ]}
      />
      {about && <Field label={about[0]} value={wish.value} onChange={(value) => change({ value })} hint={about[1]} error={shown.value} />}
      <fieldset className="stack">
        <legend className="small strong">When</legend>
        <div className="row wide">
          {kinds.map(([kind, word]) => (
            <Check key={kind} checked={wish.kinds.includes(kind)} onChange={() => change({ kinds: (toggled(wish.kinds.join(","), kind) ?? "").split(",").filter(Boolean) })}>
              {word}
            </Check>
          ))}
        </div>
        {shown.kinds && <p className="small bad">{shown.kinds}</p>}
      </fieldset>
      <Select
        label="How"
        value={wish.channel}
        onChange={(channel) => change({ channel })}
        options={[
          ["mail", "e-mail to my own address"],
          ["webhook", "webhook (Slack and its kin)"],
        ]}
      />
      {wish.channel === "webhook" && <Field label="Where its address is kept" value={wish.hook} onChange={(hook) => change({ hook })} placeholder="${WAYMARK_HOOK_TEAM}" error={shown.hook} hint="The address is a secret and never stands in the catalog." />}
    </Dialog>
  );
}
