import type { Level, PersonalState } from "~/shared/ui/PersonalChip";

/** A mark as the server gives it. */
export interface Mark {
  label: string;
  sensitivity: string;
  state: string;
}

/** The level of a mark; a word that is not known is taken for high, so that nothing is played down. */
export function levelOf({ sensitivity }: Pick<Mark, "sensitivity">): Level {
  switch (sensitivity) {
    case "critical":
    case "medium":
    case "low":
      return sensitivity;
    default:
      return "high";
  }
}

/** How a mark is drawn, or undefined for one that a person has rejected: then nothing is drawn. */
export function stateOf({ state }: Pick<Mark, "state">): PersonalState | undefined {
  switch (state) {
    case "tagged":
    case "suggested":
    case "waived":
      return state;
    default:
      return undefined;
  }
}
