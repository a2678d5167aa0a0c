/** One of the seven signals of trust; null is unknown, which is not zero. */
export interface Signal {
  key: string;
  /** The share of the score that this signal carries when all are known. */
  weight: number;
  /** Between 0 and 1, or null when it is not known. */
  value: number | null;
  /** The fact behind it: "41 people in 30 days". */
  text: string;
}

/** What the catalog knows about whether an asset may be trusted. */
export interface TrustValue {
  /** 0 to 100, or null when less than 20 % of the signals are known. */
  score: number | null;
  /** The share of the weights that is known, between 0 and 1. */
  known: number;
  signals: Signal[];
}

/** One cell of the strip: where it stands and how much of it is filled. */
export interface Cell {
  key: string;
  x: number;
  width: number;
  /** The filled height; null is hatched. */
  height: number | null;
}

const gap = 1;

/** Lays the signals side by side: width is the weight, height the value. */
export function cells(signals: Signal[], width: number, height: number): Cell[] {
  const weights = signals.reduce((sum, signal) => sum + signal.weight, 0);
  if (weights === 0) return [];
  const room = width - gap * signals.length;
  let x = 0;
  return signals.map((signal) => {
    const cell = {
      key: signal.key,
      x,
      width: (room * signal.weight) / weights,
      height: signal.value === null ? null : height * Math.min(1, Math.max(0, signal.value)),
    };
    x += cell.width + gap;
    return cell;
  });
}

/** The sentence that says the strip: "Trust 51 of 100, of 46 % known". */
export function trustSentence(trust: TrustValue): string {
  const known = Math.round(trust.known * 100);
  if (trust.score === null) return `Trust unknown, ${known} % of the signals known`;
  const part = known < 100 ? `of ${known} % known` : "all signals known";
  return `Trust ${Math.round(trust.score)} of 100, ${part}`;
}
