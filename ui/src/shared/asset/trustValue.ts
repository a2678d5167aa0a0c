import type { TrustPartsFragment } from "~/shared/graphql/generated/operations";
import type { TrustValue } from "~/shared/ui/trust";

/** Below this share of known weights no number is shown: it would speak of almost nothing. */
const leastKnown = 0.2;

/** The server's trust (0 to 1, unknown as a flag) as the parts draw it (0 to 100, unknown as null). */
export function trustValue(trust: TrustPartsFragment): TrustValue {
  return {
    score: trust.known < leastKnown ? null : Math.round(trust.score * 100),
    known: trust.known,
    signals: trust.signals.map(({ name, weight, value, known, detail }) => ({ key: name, weight, value: known ? value : null, text: detail })),
  };
}
