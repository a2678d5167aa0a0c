import { Banner } from "~/shared/ui/Banner";
import { Meter } from "~/shared/ui/Meter";
import { runShare, runWords, type Request } from "./model";

/** How far a plan or a verification is, or why the last one did not succeed. It goes on without this page. */
export function Progress({ run }: { run: Request["run"] }) {
  if (!run || run.state === "ok") return null;
  const name = run.act === "verify" ? "verification" : "plan";
  if (run.state !== "running") {
    return (
      <Banner tone="late" head={`The last ${name} was not done`}>
        {run.error}
      </Banner>
    );
  }
  const share = runShare(run);
  return (
    <section className="request-run" aria-label={`Progress of the ${name}`}>
      {share === null ? <span className="spin" aria-hidden="true" /> : <Meter value={share} thick />}
      <span>{runWords(run)}</span>
      <span className="soft small">It goes on when you leave this page.</span>
    </section>
  );
}
