import { count } from "~/shared/format/number";
import { standing, standingWord, took, type Source } from "./model";
import "~/shared/ui/charts.css";

const slots = 12;
const width = 104;
const height = 23;

/** How long the last twelve runs took, oldest first; one that failed is a line on the base, one that never was is hatched. */
export function LastRuns({ history }: { history: Source["history"] }) {
  const times = history.map((run) => (standing(run.state) === "failed" ? 0 : took(run)));
  const most = Math.max(1, ...times);
  const step = width / slots;
  const last = history.at(-1);
  const missing = slots - history.length;
  const failed = history.filter((run) => standing(run.state) === "failed").length;
  const sentence = last ? `${count(history.length, "run")}, ${failed} failed, the last ${standingWord(standing(last.state))}` : "no run yet";
  return (
    <svg className="last-runs" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
      {Array.from({ length: missing }, (_, index) => (
        <rect key={`none-${index}`} className="chart-unknown" x={index * step} y={0} width={step - 2} height={height - 1} />
      ))}
      {history.map((run, index) => {
        const x = (missing + index) * step;
        const time = times[index] ?? 0;
        if (time === 0) return <line key={run.id} className="chart-zero" x1={x} x2={x + step - 2} y1={height - 1.5} y2={height - 1.5} />;
        const tall = Math.max(2, ((height - 1) * time) / most);
        return <rect key={run.id} className={index === history.length - 1 ? "chart-chosen" : "chart-bar"} x={x} y={height - 1 - tall} width={step - 2} height={tall} />;
      })}
      <line className="chart-axis" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}
