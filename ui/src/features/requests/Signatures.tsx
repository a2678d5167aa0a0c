import { language } from "~/shared/format/name";
import { number } from "~/shared/format/number";
import { clock, day } from "~/shared/format/time";
import { Button } from "~/shared/ui/Button";
import { Time } from "~/shared/ui/Time";
import type { Request } from "./model";
import { shortHash } from "./words";

const needed = 2;

/** The two people who vouch for the plan, each with the hash they saw; what is still missing stays an empty line. */
export function Signatures({ request, me, onRevoke }: { request: Request; me?: string; onRevoke: () => void }) {
  const { approvals, plan, state } = request;
  const standing = approvals.filter((approval) => approval.plan === plan?.hash);
  const missing = Math.max(0, needed - standing.length);
  const may = state === "approval" && standing.some((approval) => approval.by === me);
  return (
    <div className="signatures">
      {standing.map((approval) => (
        <div key={approval.by}>
          <span className="signature book" lang={language(approval.by)}>
            {approval.by}
          </span>
          <p className="small">
            {[approval.title, ""].filter(Boolean).join("")}
            {approval.title && ", "}
            <Time at={approval.at} say={(at) => `${day(at)} ${clock(at)}`} />
          </p>
          <p className="small muted">
            plan <code title={approval.plan}>{shortHash(approval.plan)}</code>, ledger {number(approval.ledger)}
          </p>
        </div>
      ))}
      {Array.from({ length: missing }, (_, index) => (
        <div key={index}>
          <span className="signature empty-signature" aria-hidden="true" />
          <p className="small muted">{standing.length + index === 0 ? "waits for the first person" : "waits for a second person"}</p>
        </div>
      ))}
      <div className="small soft">
        <p>Valid for 72 hours. Ends at once when a count differs, a hold is set or the plan is made anew.</p>
        {may && (
          <Button small onClick={onRevoke}>
            Take back my approval
          </Button>
        )}
      </div>
    </div>
  );
}
