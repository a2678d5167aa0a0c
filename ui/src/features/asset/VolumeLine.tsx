import { number } from "~/shared/format/number";
import { sentence } from "~/shared/format/name";
import type { AssetQualityQuery } from "~/shared/graphql/generated/operations";
import { Unknown } from "~/shared/ui/Hatch";
import { Spark } from "~/shared/ui/Spark";

type Volume = NonNullable<AssetQualityQuery["asset"]>["volume"];

/** Its rows at each look, against what was expected of the newest. */
export function VolumeLine({ volume: { state, detail, low, high, sizes } }: { volume: Volume }) {
  const last = sizes.at(-1);
  return (
    <section className="stack" aria-label="Rows">
      <h3 className="q">Rows</h3>
      {!last || state === "unknown" ? (
        <p>
          <Unknown>{detail || "the source does not say how many"}</Unknown>
        </p>
      ) : (
        <p className={state === "unusual" ? "late" : "soft"}>{sentence(detail)}.</p>
      )}
      {last && (
        <div className="row wide">
          <Spark values={sizes.map(({ rows }) => rows)} width={260} height={48} sentence={`Rows at ${sizes.length} looks, ${number(last.rows)} at the last`} />
          <span className="small soft">
            <b>{number(last.rows)}</b>
            {low !== null && high !== null && ` expected ${number(low)} to ${number(high)}`}
          </span>
        </div>
      )}
    </section>
  );
}
