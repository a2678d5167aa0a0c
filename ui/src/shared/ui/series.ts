/** A stretch of a series that is known throughout, or unknown throughout. */
export interface Run {
  from: number;
  to: number;
  known: boolean;
  values: number[];
}

/** Cuts a series where it stops or starts to be known, so that no line is drawn through what is unknown. */
export function runs(values: (number | null)[]): Run[] {
  const cut: Run[] = [];
  values.forEach((value, index) => {
    const last = cut.at(-1);
    const known = value !== null;
    if (last && last.known === known) {
      last.to = index;
      if (known) last.values.push(value);
    } else {
      cut.push({ from: index, to: index, known, values: known ? [value] : [] });
    }
  });
  return cut;
}
