import type { LinkProps } from "@tanstack/react-router";

/** One of the words in the header. */
export interface Place {
  word: string;
  to: NonNullable<LinkProps["to"]>;
  keys: string;
  /** Where else one is at this word. */
  also?: string;
}

/** Whether a page belongs to a word of the header. */
export function isAt(place: Place, pathname: string): boolean {
  if (place.also && pathname.startsWith(place.also)) return true;
  return place.to === "/" ? pathname === "/" : pathname.startsWith(place.to);
}

/** The words in the header, in their order, and the keys that go there. */
export const places: Place[] = [
  { word: "Find", to: "/", keys: "g f", also: "/search" },
  { word: "Lineage", to: "/lineage", keys: "g l" },
  { word: "Glossary", to: "/glossary", keys: "g g" },
  { word: "Privacy", to: "/privacy", keys: "g p" },
  { word: "Requests", to: "/requests", keys: "g r" },
  { word: "Crawls", to: "/crawls", keys: "g c" },
];
