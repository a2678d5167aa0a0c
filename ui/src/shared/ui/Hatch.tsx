import type { ReactNode } from "react";
import "./Hatch.css";

/** The pattern behind `fill: url(#hatch)`; the shell draws it once for all charts of the page. */
export function HatchPattern() {
  return (
    <svg className="vh" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="hatch-line" x1="0" y1="0" x2="0" y2="5" />
        </pattern>
      </defs>
    </svg>
  );
}

/**
 * What is not known: a hatched box and the words that say what would make it known.
 * Never a dash, never a zero. `<Unknown>usage unknown: connect the query log of bq-prod</Unknown>`
 */
export function Unknown({ children }: { children: ReactNode }) {
  return (
    <span className="unknown">
      <span>{children}</span>
    </span>
  );
}
