import { Link } from "@tanstack/react-router";
import { Button } from "~/shared/ui/Button";
import { Empty } from "~/shared/ui/states";
import type { FacetKey } from "~/shared/search/facets";
import type { Answer, ChosenFilter } from "./model";

/** Nothing was found: the nearest spelling, the filter to drop, what to do. */
export function NothingFound({ answer, q, filters, onToggle }: { answer: Answer; q: string; filters: ChosenFilter[]; onToggle: (key: FacetKey, value: string) => void }) {
  return (
    <Empty
      head={q ? `Nothing matches “${q}”` : "Nothing is here"}
      actions={filters.map(({ key, value, word }) => (
        <Button key={key + value} small onClick={() => onToggle(key, value)}>
          Without “{word}”
        </Button>
      ))}
    >
      {answer.suggestion && (
        <p>
          Nearest spelling:{" "}
          <Link to="/search" search={{ q: answer.suggestion }}>
            {answer.suggestion}
          </Link>
        </p>
      )}
      {answer.advice.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {!answer.suggestion && answer.advice.length === 0 && <p>A word of a name, a column, a term or a person would find more.</p>}
    </Empty>
  );
}
