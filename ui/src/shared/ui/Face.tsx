import { initials } from "~/shared/format/name";
import "./Face.css";

/** The initials of a person in a ring, of a group in a square; the name stands beside it. */
export function Face({ name, group = false, gone = false, small = false }: { name: string; group?: boolean; gone?: boolean; small?: boolean }) {
  const shape = ["face", group && "group-face", gone && "gone-face", small && "small-face"].filter(Boolean).join(" ");
  return (
    <span className={shape} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
