import { trustValue } from "~/shared/asset/trustValue";
import { Signals } from "~/shared/ui/Signals";
import { Strip } from "~/shared/ui/Strip";
import { trustSentence } from "~/shared/ui/trust";
import type { Asset } from "./model";

/** May I trust it? The number, the strip, its seven facts. */
export function TrustColumn({ asset }: { asset: Asset }) {
  const trust = trustValue(asset.trust);
  const known = Math.round(trust.known * 100);
  return (
    <div>
      <h2 className="q">May I trust it?</h2>
      <div className="big-trust" role="img" aria-label={trustSentence(trust)}>
        <span className={trust.score === null ? "book muted" : "book"}>{trust.score ?? "?"}</span>
        <div>
          <Strip trust={trust} width={190} height={38} />
          <p className="micro muted">{known < 100 ? `of ${known} % known` : "all seven signals known"}</p>
        </div>
      </div>
      <Signals signals={trust.signals} />
    </div>
  );
}
