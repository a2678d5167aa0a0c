import { number } from "~/shared/format/number";
import { HitEntry } from "./HitEntry";
import type { Hit, Stage } from "./model";

interface Props {
  stage: Stage;
  chosen?: string;
  onChoose: (hit: Hit) => void;
  onExplain: (hit: Hit) => void;
  onOpened: (hit: Hit) => void;
}

/** One stage: its head says what it means, so that no badge has to. */
export function StageSection({ stage, chosen, onChoose, onExplain, onOpened }: Props) {
  return (
    <section className="stage" aria-label={stage.name}>
      <header>
        <h2 className="q">{stage.name}</h2>
        <p className="small muted">{stage.means}</p>
        <span className="small muted push">{number(stage.total || stage.hits.length)}</span>
      </header>
      <ol>
        {stage.hits.map((hit) => (
          <HitEntry key={hit.asset.id} hit={hit} chosen={hit.asset.id === chosen} onChoose={onChoose} onExplain={onExplain} onOpened={onOpened} />
        ))}
      </ol>
    </section>
  );
}
