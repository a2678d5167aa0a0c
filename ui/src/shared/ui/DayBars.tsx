import "./charts.css";

/** A day and its count; null when the log of that day was not read. */
export interface DayCount {
  day: string;
  value: number | null;
}

/** Bars by day: zero is a line on the base, unknown is hatched, the last day is the chosen one. */
export function DayBars({ days, sentence, height = 85 }: { days: DayCount[]; sentence: string; height?: number }) {
  const width = 560;
  const step = width / Math.max(1, days.length);
  const most = Math.max(1, ...days.map((day) => day.value ?? 0));
  return (
    <svg className="day-bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence} preserveAspectRatio="none">
      {days.map(({ day, value }, index) => {
        const x = index * step;
        const bar = Math.max(1, step - Math.min(4, step / 4));
        if (value === null) return <rect key={day} className="chart-unknown" x={x} y={0} width={bar} height={height - 1} />;
        if (value === 0) return <line key={day} className="chart-zero" x1={x} x2={x + bar} y1={height - 1.5} y2={height - 1.5} />;
        const tall = ((height - 1) * value) / most;
        return <rect key={day} className={index === days.length - 1 ? "chart-chosen" : "chart-bar"} x={x} y={height - 1 - tall} width={bar} height={tall} />;
      })}
      <line className="chart-axis" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}
