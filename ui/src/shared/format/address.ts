/** The address is the state of a page. Its parameters are plain words: what is not set is not there. */
export type Search = Record<string, string | undefined>;

/** "?q=net+revenue&zone=raw_data" -> { q: "net revenue", zone: "raw_data" }; a number stays the text it is. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The other way round, empty and unset values left out; commas and colons stay readable. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === "string" ? value !== "" : typeof value === "number" || value === true) params.set(key, String(value));
  }
  const text = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** A parameter as text, or undefined when it is not there. */
export function word(search: Record<string, unknown>, key: string): string | undefined {
  const value = search[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** "analytics,-archive" -> ["analytics", "-archive"]. */
export function list(value: string | undefined): string[] {
  return value ? value.split(",").filter(Boolean) : [];
}

/** Adds a value to a list parameter, or takes it out when it is there; undefined when nothing is left. */
export function toggled(value: string | undefined, item: string): string | undefined {
  const items = list(value);
  const next = items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
  return next.length > 0 ? next.join(",") : undefined;
}
