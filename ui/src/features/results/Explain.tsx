import { saidName } from "~/shared/asset/naming";
import { trustValue } from "~/shared/asset/trustValue";
import { score } from "~/shared/format/number";
import { Signals } from "~/shared/ui/Signals";
import type { Hit } from "./model";

/** Why the chosen hit stands where it stands: its score multiplied out, its trust signal by signal, what it beats. */
export function Explain({ hit }: { hit: Hit }) {
  const { explanation, asset } = hit;
  const trust = trustValue(asset.trust);
  return (
    <>
      <h2 className="q">{hit.rank === 1 ? "Why it stands first" : `Why it stands at ${hit.rank}`}</h2>
      <p className="small muted">{saidName(asset)}</p>
      <ol className="reckoning">
        <Line what="Stage" value={hit.stage} why={explanation.stage} />
        <Line what="Text" value={score(explanation.text)} />
        <Line what="Trust factor" value={`× ${score(explanation.trustFactor)}`} why={`0.55 + 0.9 × ${score(asset.trust.score)}`} />
        {explanation.penalties.length === 0 && <Line what="Penalties" value="none" />}
        {explanation.penalties.map(({ name, factor }) => (
          <Line key={name} what={name} value={`× ${score(factor)}`} late />
        ))}
        {explanation.personal !== 1 && <Line what="Yours" value={`× ${score(explanation.personal)}`} why="your team uses it" />}
        <Line what="Score" value={score(explanation.score)} sum />
      </ol>
      <h3 className="q explain-trust">Trust, signal by signal</h3>
      <Signals signals={trust.signals} />
      {explanation.beats && (
        <p className="small muted explain-beats">
          Beats <b className="soft">{explanation.beats}</b> {explanation.because}
        </p>
      )}
    </>
  );
}

function Line({ what, value, why, sum = false, late = false }: { what: string; value: string; why?: string; sum?: boolean; late?: boolean }) {
  return (
    <li className={sum ? "reckoning-sum" : ""}>
      <span className={late ? "late" : ""}>{what}</span>
      <b>{value}</b>
      {why && <em>{why}</em>}
    </li>
  );
}
