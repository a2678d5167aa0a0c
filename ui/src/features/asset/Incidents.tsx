import { useState } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { count } from "~/shared/format/number";
import type { AssetQualityQuery } from "~/shared/graphql/generated/operations";
import { Button } from "~/shared/ui/Button";
import { Time } from "~/shared/ui/Time";
import { Timeline } from "~/shared/ui/Timeline";
import { CloseIncidentDialog } from "./IncidentDialogs";

type Incident = NonNullable<AssetQualityQuery["asset"]>["incidents"][number];

/** What is or was wrong with an asset, newest first, and saying that it is over. */
export function Incidents({ incidents, mayClose }: { incidents: Incident[]; mayClose: boolean }) {
  const [closing, close] = useState<Incident>();
  const open = incidents.filter((incident) => !incident.closed).length;
  return (
    <section className="stack" aria-label="Incidents">
      <h3 className="q">{open > 0 ? count(open, "open incident") : "Incidents, all over"}</h3>
      <Timeline
        happenings={incidents.map((incident) => ({
          id: incident.id,
          at: incident.opened,
          tone: incident.closed ? "ok" : "bad",
          what: <Happening incident={incident} onClose={mayClose && !incident.closed ? () => close(incident) : undefined} />,
        }))}
      />
      {closing && <CloseIncidentDialog incident={closing} onClose={() => close(undefined)} />}
    </section>
  );
}

function Happening({ incident: { severity, title, detail, closed, by, note }, onClose }: { incident: Incident; onClose?: () => void }) {
  return (
    <>
      <p className="row">
        <b>{title}</b> <span className={closed ? "soft" : "bad"}>{closed ? "over" : severity}</span>
        {closed && (
          <span className="soft">
            since <Time at={closed} />
          </span>
        )}
        {by && (
          <span className="soft">
            reported by <AssetLink asset={by} className="" />
          </span>
        )}
        {onClose && (
          <Button small aria-label={`Close “${title}”`} onClick={onClose}>
            Close …
          </Button>
        )}
      </p>
      {detail && <p className="small soft">{detail}</p>}
      {note && <p className="small soft">{note}</p>}
    </>
  );
}
