import { PersonalChip } from "~/shared/ui/PersonalChip";
import { levelOf, stateOf, type Mark } from "./marks";

/** A mark of the server as a chip; a rejected one draws nothing. */
export function MarkChip({ mark }: { mark: Mark }) {
  const state = stateOf(mark);
  return state && <PersonalChip label={mark.label} level={levelOf(mark)} state={state} />;
}
