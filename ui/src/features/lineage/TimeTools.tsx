import { day, isoDay } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Field } from "~/shared/ui/Field";
import { Popover } from "~/shared/ui/Popover";
import { compared, endOf, type LineageAddress } from "./address";

interface Props {
  address: LineageAddress;
  onChange: (change: Partial<LineageAddress>) => void;
}

/** As of which day the graph is shown, and with which other day it is compared. */
export function TimeTools({ address: { at, since }, onChange }: Props) {
  const now = endOf(at) === undefined;
  const today = isoDay();
  return (
    <Popover word={now ? "As of today" : `As of ${day(`${at}T12:00:00`)}`} label="The day that is shown" on={!now || compared({ at, since }) !== undefined}>
      {(close) => (
        <>
          <Field label="As of" type="date" value={now ? today : (at ?? "")} onChange={(next) => onChange({ at: next && endOf(next) ? next : undefined, edge: undefined })} hint="What was known at the end of that day." />
          <Field label="Compare with" type="date" value={since ?? ""} onChange={(next) => onChange({ since: next || undefined })} hint="What came, went or changed in between is listed under the drawing." />
          <div className="row apart">
            <Button
              small
              onClick={() => {
                close();
                onChange({ at: undefined, since: undefined, edge: undefined });
              }}
            >
              Today, nothing compared
            </Button>
            <Button small look="go" onClick={close}>
              Done
            </Button>
          </div>
        </>
      )}
    </Popover>
  );
}
