import type { ReactNode } from "react";
import { count, number, total } from "~/shared/format/number";
import type { SearchSort } from "~/shared/graphql/generated/operations";
import { Button } from "~/shared/ui/Button";
import { Chip } from "~/shared/ui/Chip";
import { Dialog } from "~/shared/ui/Dialog";
import { Page } from "~/shared/ui/Page";
import { TooMany } from "~/shared/ui/states";
import type { FacetKey } from "~/shared/search/facets";
import { atMost, type ResultsAddress } from "./address";
import { AnswerCard } from "./AnswerCard";
import { chosenFilters, facets, stages, type Answer, type Hit } from "./model";
import { Explain } from "./Explain";
import { Facets } from "./Facets";
import { NothingFound } from "./NothingFound";
import { StageSection } from "./StageSection";
import "./Results.css";

interface Props {
  answer: Answer;
  address: ResultsAddress;
  chosen?: Hit;
  /** The answer belongs to the address before; the new one is on its way. */
  stale: boolean;
  onToggle: (key: FacetKey, value: string) => void;
  onChoose: (hit: Hit) => void;
  onMore: () => void;
  /** Whether the explanation is open over the page, where there is no room beside the list. */
  explained: boolean;
  onExplain: (hit: Hit) => void;
  onExplained: () => void;
  sort: SearchSort;
  /** A result was opened, for the search log. */
  onOpened: (hit: Hit) => void;
  /** The order, and keeping the search. */
  tools: ReactNode;
}

/** Facets, the list with its answer card and stages, and why the chosen hit stands where it stands. */
export function Results({ answer, address, chosen, stale, onToggle, onChoose, onMore, explained, onExplain, onExplained, sort, onOpened, tools }: Props) {
  const q = address.q ?? "";
  return (
    <Page title={q || "Everything"}>
      <div className="results" aria-busy={stale}>
        <Facets facets={facets(answer, address)} onToggle={onToggle} />
        <div className="results-list">
          <ResultsHead answer={answer} q={q} tools={tools} chips={<Chips answer={answer} address={address} onToggle={onToggle} />} />
          {answer.card && <AnswerCard card={answer.card} />}
          {answer.hits.length === 0 ? (
            <NothingFound answer={answer} q={q} filters={chosenFilters(answer, address)} onToggle={onToggle} />
          ) : (
            stages(answer, sort).map((stage) => <StageSection key={stage.name} stage={stage} chosen={chosen?.asset.id} onChoose={onChoose} onExplain={onExplain} onOpened={onOpened} />)
          )}
          <More answer={answer} onMore={onMore} />
        </div>
        {chosen && (
          <aside className="explain" aria-label="Why here">
            <Explain hit={chosen} />
          </aside>
        )}
      </div>
      {chosen && (
        <Dialog open={explained} onClose={onExplained} title="Why here" actions={<Button onClick={onExplained}>Back to the list</Button>}>
          <Explain hit={chosen} />
        </Dialog>
      )}
    </Page>
  );
}

function ResultsHead({ answer, q, chips, tools }: { answer: Answer; q: string; chips: ReactNode; tools: ReactNode }) {
  return (
    <>
      <div className="row apart results-head">
        <h1 className="results-count row" aria-live="polite">
          <b>{total(answer.total)}</b> {q ? `match “${q}”` : "assets"} {chips}
        </h1>
        {tools}
      </div>
      {answer.note && <p className="small soft results-note">{answer.note}</p>}
      {!answer.complete && <p className="small late results-note">The search index is catching up with the catalog; some assets may be missing.</p>}
    </>
  );
}

function Chips({ answer, address, onToggle }: Pick<Props, "answer" | "address" | "onToggle">) {
  return chosenFilters(answer, address).map(({ key, value, word }) => (
    <Chip key={key + value} onRemove={() => onToggle(key, value)}>
      {word}
    </Chip>
  ));
}

function More({ answer, onMore }: { answer: Answer; onMore: () => void }) {
  const rest = answer.total - answer.hits.length;
  if (rest <= 0 || answer.hits.length === 0) return null;
  if (answer.hits.length >= atMost) {
    return <TooMany head={`${number(answer.total)} assets match`}>The first {atMost} are shown. Narrow by zone, kind or system, or add a word.</TooMany>;
  }
  return (
    <p className="small results-more">
      <button type="button" className="link" onClick={onMore}>
        Show more
      </button>{" "}
      <span className="muted">{count(rest, "asset")} more match.</span>
    </p>
  );
}
