import { number } from "~/shared/format/number";
import { Check } from "./Field";
import "./Facet.css";

/** One way to narrow a list: a name and its values with exact counts. */
export interface FacetValue {
  value: string;
  word: string;
  count: number;
  on: boolean;
}

/** A list of values to tick. Counts come after permission; a value with nothing behind it cannot be ticked. */
export function Facet({ name, values, onToggle }: { name: string; values: FacetValue[]; onToggle: (value: string) => void }) {
  return (
    <fieldset className="facet">
      <legend>{name}</legend>
      <ul>
        {values.map((each) => (
          <li key={each.value} className={each.on ? "on" : each.count === 0 ? "zero" : ""}>
            <Check checked={each.on} disabled={each.count === 0 && !each.on} onChange={() => onToggle(each.value)}>
              <span className="facet-word">{each.word}</span>
              <span className="facet-count">{number(each.count)}</span>
            </Check>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
