import type { LinkProps } from "@tanstack/react-router";

/** One of the words in the header. */
export interface Place {
  word: string;
  to: NonNullable<LinkProps["to"]>;
  keys: string;
}

/** The words in the header, in their order, and the keys that go there. */
export const places: Place[] = [
  { word: "Find", to: "/", keys: "g f" },
  { word: "Glossary", to: "/glossary", keys: "g g" },
];
