import { Button } from "~/shared/ui/Button";
import { Time } from "~/shared/ui/Time";
import { dropAll, editWords, takeIn, type PlanChange } from "./edits";
import type { Request } from "./model";

/** What was decided about the plan, and what a person may take in. */
export function Edits({ request, busy, run }: { request: Request; busy: boolean; run: (change: PlanChange) => void }) {
  const { edits, next, plan } = request;
  const may = next.includes("edit");
  const links = plan?.possibleLinks ?? [];
  return (
    <>
      {edits.length > 0 && (
        <div className="plan-edits">
          <h3 className="q">Changed by hand</h3>
          <ul className="small">
            {edits.map((edit) => (
              <li key={edit.at + edit.dataset}>
                {editWords(edit)}
                {edit.ground && <>: {edit.ground}</>}{" "}
                <span className="muted">
                  {edit.by}, <Time at={edit.at} />
                </span>
              </li>
            ))}
          </ul>
          {may && (
            <Button disabled={busy} onClick={() => run(dropAll)}>
              Drop all changes
            </Button>
          )}
        </div>
      )}
      {links.length > 0 && (
        <div className="plan-edits">
          <h3 className="q">May belong to this person</h3>
          <ul className="small">
            {links.map((link) => (
              <li key={link.dataset + link.column + link.to}>
                <b>{link.column}</b> of {link.name} may point at {link.to}: {link.reason}.{" "}
                {may && (
                  <button type="button" className="link" disabled={busy} onClick={() => run(takeIn(link.dataset))}>
                    Take it in
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
