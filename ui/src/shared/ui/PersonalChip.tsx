import "./PersonalChip.css";

/** How much harm a class of personal data can do, the least first. */
export const levels = ["low", "medium", "high", "critical"] as const;
export type Level = (typeof levels)[number];

/** Whether somebody has answered for a finding. */
export type PersonalState = "tagged" | "suggested" | "waived";

/** Four ticks, as many of them dark as the level is high. */
export function LevelTicks({ level }: { level: Level }) {
  const reached = levels.indexOf(level);
  return (
    <span className="level-ticks" aria-hidden="true">
      {levels.map((each, index) => (
        <i key={each} className={index <= reached ? "on" : ""} />
      ))}
    </span>
  );
}

interface Props {
  /** The class in words: "e-mail". */
  label: string;
  level: Level;
  state?: PersonalState;
  /** Until when it is waived, as it is said: "3 Mar". */
  until?: string;
}

/** Personal data: class, level and state, each said by fill, ticks and word. */
export function PersonalChip({ label, level, state = "tagged", until }: Props) {
  const said = state === "tagged" ? `, ${level}` : `, ${level}, ${state}`;
  return (
    <span className={`personal ${level}-level ${state}-personal`} title={label + said}>
      <LevelTicks level={level} />
      <b>{label}</b>
      {until && <span>until {until}</span>}
      <span className="vh">{said}</span>
    </span>
  );
}
