import { Strip } from "./Strip";
import { trustSentence, type TrustValue } from "./trust";
import "./Trust.css";

/** The number and the strip, as in lists; what is not fully known says of how much it speaks. */
export function Trust({ trust, small = false, quarantined = false }: { trust: TrustValue; small?: boolean; quarantined?: boolean }) {
  if (quarantined) return <QuarantinedTrust />;
  const known = Math.round(trust.known * 100);
  return (
    <span className={small ? "trust small-trust" : "trust"} role="img" aria-label={trustSentence(trust)}>
      <span className={trust.score === null ? "trust-number muted" : "trust-number"}>{trust.score === null ? "?" : Math.round(trust.score)}</span>
      <Strip trust={trust} width={small ? 48 : 76} height={small ? 16 : 20} />
      {trust.score === null ? <span className="trust-known">trust unknown</span> : known < 100 && !small && <span className="trust-known">of {known}&nbsp;% known</span>}
    </span>
  );
}

function QuarantinedTrust() {
  return (
    <span className="trust" role="img" aria-label="Trust 0: quarantined">
      <span className="trust-number bad">0</span>
      <span className="trust-barrier" />
    </span>
  );
}
