import type { How } from "./model";
import "./Bead.css";

const signs: Partial<Record<How, string>> = { transformation: "ƒ", aggregation: "Σ", masked: "*" };

/** The sign on a line that says what happens to the value: ƒ changed, Σ summed up, * masked, ! in doubt. */
export function Bead({ how, x, y, chosen = false, doubt = false, size = 9.5 }: { how: How; x: number; y: number; chosen?: boolean; doubt?: boolean; size?: number }) {
  const sign = doubt ? "!" : signs[how];
  if (!sign && !chosen) return null;
  const look = ["bead", how === "masked" && "masked-bead", doubt && "doubt-bead", chosen && "chosen-bead"].filter(Boolean).join(" ");
  return (
    <g className={look}>
      <circle cx={x} cy={y} r={size} />
      {sign && (
        <text x={x} y={y + (sign === "*" ? 7 : 4)} className={sign === "*" ? "star" : ""}>
          {sign}
        </text>
      )}
    </g>
  );
}

/** A short piece of a line of one kind, beside words that say the same. */
export function LineSample({ how, path = false }: { how: How; path?: boolean }) {
  return (
    <svg className="line-sample" width="40" height="16" viewBox="0 0 40 16" aria-hidden="true">
      <StepLine how={how} path="M1 8h38" traced={path} />
      <Bead how={how} x={20} y={8} size={7} />
    </svg>
  );
}

/** A line as its kind is drawn; the traced path lies in yellow under the ink. */
export function StepLine({ how, path, traced = false, stale = false }: { how: How; path: string; traced?: boolean; stale?: boolean }) {
  return (
    <g className={["step-line", `${how}-line`, traced && "traced-line", stale && "stale-line"].filter(Boolean).join(" ")}>
      {traced && <path className="step-blaze" d={path} />}
      <path className="step-ink" d={path} />
      {how === "aggregation" && <path className="step-core" d={path} />}
    </g>
  );
}
