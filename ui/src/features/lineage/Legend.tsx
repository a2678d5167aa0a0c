import { LineSample } from "./Bead";
import type { How } from "./model";

const kinds: [how: How, word: string][] = [
  ["identity", "identity"],
  ["transformation", "transformation"],
  ["aggregation", "aggregation"],
  ["masked", "masked"],
  ["indirect", "indirect: filter, join, group"],
  ["table", "tables only, columns unknown"],
  ["flow", "data goes from left to right"],
];

/** What the lines mean. */
export function Legend({ columns }: { columns: boolean }) {
  return (
    <p className="lineage-legend">
      {kinds
        .filter(([how]) => columns !== (how === "flow"))
        .map(([how, word]) => (
          <span key={how}>
            <LineSample how={how} />
            {word}
          </span>
        ))}
      <span>
        <LineSample how="identity" path />
        the path you trace
      </span>
    </p>
  );
}
