import { number } from "~/shared/format/number";
import { share } from "~/shared/format/share";
import { Unknown } from "~/shared/ui/Hatch";
import { shares, type Understood } from "./model";

/** How much of what was run is understood: in full, tables only, not at all. */
export function UnderstoodBar({ understood }: { understood: Understood | null }) {
  if (!understood) return <Unknown>No statement was read: connect its query log.</Unknown>;
  const parts = shares(understood);
  if (!parts) return <p className="soft">{number(understood.skipped)} statements were read; none moves data by nature.</p>;
  const all = understood.parsed + understood.partial + understood.failed;
  return (
    <div>
      <p className="cap">
        {number(all)} statements{understood.skipped > 0 && `, and ${number(understood.skipped)} that move no data`}
      </p>
      <div className="understood-bar" role="img" aria-label={`${share(parts.parsed)} understood in full, ${share(parts.partial)} in part, ${share(parts.failed)} not`}>
        {parts.parsed > 0 && <i className="understood-full" style={{ flexGrow: parts.parsed }} />}
        {parts.partial > 0 && <i className="understood-part" style={{ flexGrow: parts.partial }} />}
        {parts.failed > 0 && <i className="understood-not" style={{ flexGrow: parts.failed }} />}
      </div>
      <p className="understood-legend small soft">
        <span>
          <i className="understood-full" aria-hidden="true" /> <b>{share(parts.parsed)}</b> in full
        </span>
        <span>
          <i className="understood-part" aria-hidden="true" /> <b>{share(parts.partial)}</b> tables only
        </span>
        <span>
          <i className="understood-not" aria-hidden="true" /> <b>{share(parts.failed)}</b> not at all: reads here are unknown, not zero
        </span>
      </p>
    </div>
  );
}
