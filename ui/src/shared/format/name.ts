/** A name in pieces after which it may break: after each "." and "_" first. */
export function pieces(name: string): string[] {
  return name.split(/(?<=[._/])/);
}

/** "analytics.fct_revenue" -> ["analytics.", "fct_revenue"]: the path, then the headword. */
export function headword(name: string): [path: string, head: string] {
  const cut = Math.max(name.lastIndexOf("."), name.lastIndexOf("/")) + 1;
  return [name.slice(0, cut), name.slice(cut)];
}

/** "Mina Park" -> "MP"; a name in one word, or in Korean, gives its first letter. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** The same words, begun with a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The language of a run of text, when it is not English: Korean is set in its own way. */
export function language(text: string): "ko" | undefined {
  return /[\uac00-\ud7a3\u1100-\u11ff]/.test(text) ? "ko" : undefined;
}
