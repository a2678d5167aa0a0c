import { count } from "~/shared/format/number";
import "./tabs.css";

/** Runs or days as cells, the newest last: kept, missed, unknown differ in shape and colour, and the sentence counts them. */
export function RunStrip({ what, unit = "run", runs }: { what: string; unit?: string; runs: { status: string }[] }) {
  const many = new Map<string, number>();
  for (const { status } of runs) many.set(status, (many.get(status) ?? 0) + 1);
  const words = [...many].map(([status, each]) => `${each} ${status}`).join(", ");
  return (
    <span className="quality-strip" role="img" aria-label={`${what}: ${count(runs.length, unit)}, ${words || "none"}`}>
      {runs.map(({ status }, index) => (
        <i key={index} className={`run-cell ${status.replaceAll(" ", "-")}-run`} />
      ))}
    </span>
  );
}
