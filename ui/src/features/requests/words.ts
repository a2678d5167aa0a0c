/** The kinds of requests in words. Access and erasure are carried out; for the others the days are kept. */
export const kinds: [kind: string, word: string][] = [
  ["erasure", "Erasure"],
  ["access", "Access"],
  ["portability", "Portability"],
  ["rectification", "Rectification"],
  ["restriction", "Restriction"],
  ["objection", "Objection"],
];

/** The laws that Waymark knows. */
export const laws: [law: string, word: string][] = [
  ["gdpr", "GDPR (European Union)"],
  ["uk_gdpr", "UK GDPR"],
  ["ccpa", "CCPA (California)"],
  ["pipa_kr", "PIPA (Korea)"],
  ["hipaa", "HIPAA (United States)"],
  ["lgpd", "LGPD (Brazil)"],
];

const said = (pairs: [string, string][], id: string) => pairs.find(([each]) => each === id)?.[1] ?? id;

export const kindWord = (kind: string) => said(kinds, kind);
export const lawWord = (law: string) => said(laws, law).replace(/ \(.*\)$/, "");

/** A state or another word of the server as people read it: "identity_check" is "identity check". */
export const spaced = (word: string) => word.replaceAll("_", " ");

/** "Erasure 2026-0143". */
export const requestName = ({ kind, id }: { kind: string; id: string }) => `${kindWord(kind)} ${id}`;

const ended = new Set(["closed", "duplicate", "refused", "withdrawn", "expired_unverified"]);

/** Whether nothing more is to be done. */
export const isEnded = (state: string) => ended.has(state);

/** "GDPR, GDPR art. 17" says its name once. */
export const lawSentence = (text: string) => text.replace(/^(.+), (?=\1\b)/, "");

/** A hash as it is shown: its first and last four figures; the whole stands in the page's title of it. */
export const shortHash = (hash: string) => (hash.length > 12 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash);
