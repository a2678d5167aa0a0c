import type { ReviewPageQueryVariables } from "~/shared/graphql/generated/operations";

/** /privacy?ask=&state=&level=&row= */
export interface PrivacyAddress {
  /** Which of the four questions; so far the first is answered: protect. */
  ask?: string;
  state?: string;
  level?: string;
  /** The chosen finding. */
  row?: string;
}

/** What one is asked first: findings that wait for an answer. */
export const usualState = "suggested";

export const stateChoices: [value: string, word: string][] = [
  ["suggested", "Waiting"],
  ["tagged", "Tagged"],
  ["rejected", "Not personal"],
  ["all", "All"],
];

export const levelChoices: [value: string, word: string][] = [
  ["", "Every level"],
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
];

/** Which findings the address asks for; the cursor is left to the pages. */
export function findingsAsked({ state = usualState, level }: PrivacyAddress): Omit<ReviewPageQueryVariables, "after"> {
  return { state: state === "all" ? null : state, sensitivity: level ?? null };
}
