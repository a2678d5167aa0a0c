import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { saidName } from "~/shared/asset/naming";
import { Await } from "~/shared/ui/Await";
import { Button } from "~/shared/ui/Button";
import { Dialog } from "~/shared/ui/Dialog";
import { Check, Field } from "~/shared/ui/Field";
import type { Asset } from "./model";
import { isNone, promiseAsked, promised, weekdays, withDay, wrongAge, type Promised } from "./promise";
import { promiseQuery, useSetSla } from "./queries";

interface Props {
  asset: Asset;
  onClose: () => void;
}

/** Promises a time of day, an age, or both, beginning with what is promised now; with neither the promise ends. */
export function SlaDialog({ asset, onClose }: Props) {
  const query = useQuery(promiseQuery(asset.id));
  return (
    <Dialog open onClose={onClose} title={`Promise of ${saidName(asset)}`}>
      <Await query={query} what="what is promised now" rows={3}>
        {(data) => <Form asset={asset} before={promised(data.asset?.sla ?? null)} onClose={onClose} />}
      </Await>
    </Dialog>
  );
}

function Form({ asset, before, onClose }: Props & { before: Promised }) {
  const [wish, set] = useState(before);
  const setSla = useSetSla();
  const change = (next: Partial<Promised>) => set((last) => ({ ...last, ...next }));
  const none = isNone(wish);
  const wrong = wrongAge(wish);
  const nothing = none && isNone(before);
  const save = () => {
    const name = saidName(asset);
    const said = none ? `Nothing is promised of ${name} any more.` : `${name} is promised.`;
    setSla.mutate({ variables: promiseAsked(asset.id, wish), said, undo: promiseAsked(asset.id, before) }, { onSuccess: onClose });
  };
  return (
    <>
      <Field label="Written by" type="time" value={wish.dueBy} onChange={(dueBy) => change({ dueBy })} />
      {wish.dueBy !== "" && (
        <>
          <Field label="Time zone" value={wish.zone} onChange={(zone) => change({ zone })} hint="Europe/Berlin, say." />
          <fieldset className="stack">
            <legend className="small strong">On {wish.weekdays.length === 0 ? "every day" : "these days"}</legend>
            <div className="row">
              {weekdays.map(([day, word]) => (
                <Check key={day} checked={wish.weekdays.includes(day)} onChange={() => change({ weekdays: withDay(wish.weekdays, day) })}>
                  {word}
                </Check>
              ))}
            </div>
          </fieldset>
        </>
      )}
      <Field label="Never older than, in hours" value={wish.hours} onChange={(hours) => change({ hours })} error={wrong} hint="With neither a time nor an age, the promise ends." />
      <div className="row dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="go" disabled={wrong !== undefined || nothing} busy={setSla.isPending} onClick={save}>
          {none ? "End the promise" : "Promise it"}
        </Button>
      </div>
    </>
  );
}
