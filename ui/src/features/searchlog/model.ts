import type { SearchedLineFragment, SearchReportQuery } from "~/shared/graphql/generated/operations";

export type Report = SearchReportQuery["searchReport"];
export type Line = SearchedLineFragment;
export type Proposal = NonNullable<Line["proposal"]>;

/** One of the four lists of the report. */
export interface Listing {
  id: "none" | "again" | "left" | "wanted";
  word: string;
  means: string;
  empty: string;
  lines: Line[];
}

/** The four lists in the order in which they ask for something to be done. */
export function listings(report: Report): Listing[] {
  return [
    { id: "none", word: "Found nothing", means: "Nothing matched. A synonym or a description would help.", empty: "Every search found something.", lines: report.withoutResult },
    { id: "again", word: "Asked again", means: "The same person tried other words within the hour, having opened nothing.", empty: "Nobody had to ask twice.", lines: report.reformulated },
    { id: "left", word: "Nothing opened", means: "Something was found, and none of it was opened.", empty: "Of every search something was opened.", lines: report.abandoned },
    { id: "wanted", word: "Most wanted", means: "What most people search for, and whether they then used it.", empty: "Nobody has searched yet.", lines: report.wanted },
  ];
}

/** What would settle a line, or undefined where nothing is proposed; a proposal that was taken is done. */
export function openProposal(line: Line, taken: ReadonlySet<string>): Proposal | undefined {
  return line.proposal && !taken.has(proposalKey(line.proposal)) ? line.proposal : undefined;
}

/** Tells proposals apart. */
export function proposalKey({ kind, word, asset }: Proposal): string {
  return `${kind} ${word} ${asset.id}`;
}
