/** The no-break space that parts thousands, and numbers from their units. */
export const nbsp = "\u00a0";

/** 184203551 -> "184 203 551", with no-break spaces; decimals stay as they are. */
export function number(value: number): string {
  const [whole = "0", fraction] = String(value).split(".");
  const parted = whole.replace(/\B(?=(\d{3})+(?!\d))/g, nbsp);
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

/** 0.998 -> "99.8 %": at most `digits` decimals, none when they are zeros. */
export function percent(share: number, digits = 1): string {
  return `${number(trim(share * 100, digits))}${nbsp}%`;
}

/** (41, "person", "people") -> "41 people"; the plural adds an s when not given. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)}${nbsp}${value === 1 ? one : many}`;
}

/** Above ten thousand a total is not counted on: "10 000+". */
export function total(value: number, atMost = 10_000): string {
  return value > atMost ? `${number(atMost)}+` : number(value);
}

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** 41_000_000_000 -> "41 GB", by thousands, two figures at least. */
export function bytes(value: number): string {
  let rest = value;
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${trim(rest, rest < 10 && unit > 0 ? 1 : 0)}${nbsp}${units[unit]}`;
}

/** 0.834 -> "0.83": a score between 0 and 1, always with two decimals. */
export function score(value: number): string {
  return value.toFixed(2);
}

function trim(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
