import { AssetLink } from "~/shared/asset/AssetLink";
import { count } from "~/shared/format/number";
import { share } from "~/shared/format/share";
import type { AssetQualityQuery } from "~/shared/graphql/generated/operations";
import { Unknown } from "~/shared/ui/Hatch";
import { RunStrip } from "./RunStrip";

type Sla = NonNullable<AssetQualityQuery["asset"]>["sla"];

/** What was promised of an asset, how often it is kept, and day by day. */
export function SlaPart({ sla }: { sla: Sla }) {
  if (!sla) {
    return (
      <section className="stack" aria-label="Promise">
        <h3 className="q">Promise</h3>
        <p className="small soft">Nothing is promised of it. A steward may promise a time of day, or how old it may become.</p>
      </section>
    );
  }
  const { text, by, kept30, kept90, judged, days } = sla;
  return (
    <section className="stack" aria-label="Promise">
      <h3 className="q">Promise</h3>
      <p>
        {text}
        {by && (
          <span className="soft">
            , promised by <AssetLink asset={by} className="" />
          </span>
        )}
      </p>
      {kept30 === null ? (
        <p>
          <Unknown>no day has been judged yet</Unknown>
        </p>
      ) : (
        <p className="row wide">
          <span>
            <b className="h2">{share(kept30)}</b> <span className="soft">kept in 30 days</span>
          </span>
          {kept90 !== null && (
            <span className="soft">
              {share(kept90)} in 90 days, {count(judged, "day")} judged
            </span>
          )}
        </p>
      )}
      <RunStrip what="Promise by day" unit="day" runs={days.slice(-30).map(({ state }) => ({ status: state }))} />
    </section>
  );
}
