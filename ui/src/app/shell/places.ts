import type { LinkProps } from "@tanstack/react-router";

/** A page that one goes to by name. */
export interface Place {
  word: string;
  to: NonNullable<LinkProps["to"]>;
  keys: string;
  /** Where else one is at this word. */
  also?: string[];
}

/** Whether a page belongs to a word of the header. */
export function isAt(place: Place, pathname: string): boolean {
  if (place.also?.some((other) => pathname.startsWith(other))) return true;
  return place.to === "/" ? pathname === "/" : pathname.startsWith(place.to);
}

/** The words in the header, in their order, and the keys that go there. */
export const places: Place[] = [
  { word: "Find", to: "/", keys: "g f", also: ["/search", "/discover", "/changes"] },
  { word: "Lineage", to: "/lineage", keys: "g l" },
  { word: "Glossary", to: "/glossary", keys: "g g" },
  { word: "Privacy", to: "/privacy", keys: "g p" },
  { word: "Requests", to: "/requests", keys: "g r" },
  { word: "Crawls", to: "/crawls", keys: "g c" },
];

/** Pages that stand behind one of those words; the command palette knows them too. */
export const furtherPlaces: Place[] = [
  { word: "What is used", to: "/discover", keys: "g d" },
  { word: "What changed", to: "/changes", keys: "g h" },
  { word: "What people search for", to: "/searches", keys: "g s" },
];
