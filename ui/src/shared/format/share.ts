import { nbsp, percent } from "./number";

/** A share of many that is never rounded to all or to none: "over 99.9 %", "under 0.1 %". */
export function share(of: number): string {
  if (of < 1 && of > 0.999) return `over 99.9${nbsp}%`;
  if (of > 0 && of < 0.001) return `under 0.1${nbsp}%`;
  return percent(of);
}
