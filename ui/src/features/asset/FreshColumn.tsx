import { sentence } from "~/shared/format/name";
import { count } from "~/shared/format/number";
import { Fresh, freshState } from "~/shared/ui/Fresh";
import { Time } from "~/shared/ui/Time";
import { tide, type Asset } from "./model";

const width = 250;
const middle = 26;

/** How fresh is it? In words, and the tide line of its last writes. */
export function FreshColumn({ asset }: { asset: Asset }) {
  const { state, detail, writes } = asset.freshness;
  const last = writes.at(-1);
  const line = tide(writes, width);
  return (
    <div>
      <h2 className="q">How fresh is it?</h2>
      <p className="fresh-line">
        <Fresh state={freshState(state)}>
          {last ? (
            <b>
              <Time at={last} />
            </b>
          ) : (
            detail
          )}
        </Fresh>
      </p>
      {line && (
        <svg className="tide" viewBox={`0 0 ${width} 54`} role="img" aria-label={`${count(writes.length, "write")}, usually at ${line.usual}`}>
          <rect x="0" y={middle - 6} width={width} height="12" className="chart-area" />
          {line.dots.map(({ at, x, off }, index) => (
            <circle key={at} cx={x} cy={Math.min(50, Math.max(14, middle + off * 6))} r={index === line.dots.length - 1 ? 4.5 : 3} className={off > 2 ? "chart-danger" : "chart-trust"} />
          ))}
          <text className="chart-text" x="0" y="10">
            {line.usual} is usual
          </text>
          <text className="chart-text" x={width} y="10" textAnchor="end">
            {count(writes.length, "write")}
          </text>
        </svg>
      )}
      {last && <p className="small soft">{sentence(detail)}.</p>}
    </div>
  );
}
