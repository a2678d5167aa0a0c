import "./Meter.css";

/** A bar from 0 to its share; null is unknown and hatched. The number it draws stands beside it in words. */
export function Meter({ value, tone = "ink", thick = false }: { value: number | null; tone?: "ink" | "trust" | "person" | "danger" | "late"; thick?: boolean }) {
  const shape = thick ? "meter thick" : "meter";
  if (value === null) return <span className={`${shape} meter-unknown`} aria-hidden="true" />;
  return (
    <span className={`${shape} ${tone}-meter`} aria-hidden="true">
      <i style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }} />
    </span>
  );
}
