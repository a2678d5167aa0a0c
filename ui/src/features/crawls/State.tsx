import { percent } from "~/shared/format/number";
import { Unknown } from "~/shared/ui/Hatch";
import { Icon, type IconName } from "~/shared/ui/Icon";
import { Meter } from "~/shared/ui/Meter";
import { progressShare, standingWord, type Run, type Standing } from "./model";

const looks: Record<Exclude<Standing, "running" | "never">, [icon: IconName, tone: string]> = {
  done: ["check", "good"],
  partly: ["half", "late"],
  failed: ["close", "bad"],
  "needs-you": ["warn", "late"],
};

/** How a run stands: icon and word, or how far it is. */
export function State({ state, run }: { state: Standing; run?: Run | null }) {
  if (state === "never") return <Unknown>never ran</Unknown>;
  if (state === "running") return <Running run={run} />;
  const [icon, tone] = looks[state];
  return (
    <span className={`run-state ${tone}`}>
      <Icon name={icon} />
      {standingWord(state)}
    </span>
  );
}

function Running({ run }: { run?: Run | null }) {
  const share = run ? progressShare(run) : null;
  if (share === null) {
    return (
      <span className="run-state">
        <span className="spin" aria-hidden="true" /> running
      </span>
    );
  }
  return (
    <span className="run-progress">
      <Meter value={share} thick />
      <b>{percent(share, 0)}</b>
    </span>
  );
}
