import { runs } from "./series";
import "./charts.css";

/** A small line of numbers; null is unknown, drawn hatched, and the line is not drawn through it. */
export function Spark({ values, sentence, width = 96, height = 26 }: { values: (number | null)[]; sentence: string; width?: number; height?: number }) {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const x = (index: number) => (values.length < 2 ? width : (index * width) / (values.length - 1));
  const y = (value: number) => height - 1 - ((height - 4) * value) / most;
  const last = values.length - 1;
  const end = values[last];
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
      {runs(values).map((run) =>
        run.known ? (
          <g key={run.from}>
            <polygon className="chart-area" points={`${x(run.from)},${height} ${run.values.map((value, i) => `${x(run.from + i)},${y(value)}`).join(" ")} ${x(run.to)},${height}`} />
            <polyline className="chart-line" points={run.values.map((value, i) => `${x(run.from + i)},${y(value)}`).join(" ")} />
          </g>
        ) : (
          <rect key={run.from} className="chart-unknown" x={x(Math.max(0, run.from - 0.5))} y={0} width={x(run.to - run.from + 1)} height={height} />
        ),
      )}
      <line className="chart-axis" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {end !== null && end !== undefined && <circle className="chart-chosen" cx={x(last)} cy={y(end)} r={3} />}
    </svg>
  );
}
