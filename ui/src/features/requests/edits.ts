import type { Request } from "./model";

/** What may be changed about one collection, in words. */
export const changes: [Change, string][] = [
  ["retain", "Keep it on a ground of law"],
  ["pseudonymise", "Keep the rows under a pseudonym"],
  ["exclude", "Leave it out of the plan"],
];

export type Change = "retain" | "pseudonymise" | "exclude";

/** A change of the plan, as its dialog hands it on. */
export interface PlanChange {
  act: "edit";
  what: Change | "add" | "reset";
  target: string;
  ground: string;
  until: string;
}

type Edit = Request["edits"][number];

/** "iban of shop.invoices is kept until 31 Dec 2036" without its ground. */
export function editWords({ what, name, column, until }: Edit): string {
  const it = column ? `${column} of ${name}` : name;
  switch (what) {
    case "retain":
      return `${it} is kept${until ? ` until ${until}` : ""}`;
    case "pseudonymise":
      return `${it} is kept under a pseudonym`;
    case "exclude":
      return `${it} is left out`;
    default:
      return `${it} is taken in`;
  }
}

/** The change that takes a collection in, and the one that drops all. */
export const takeIn = (dataset: string): PlanChange => ({ act: "edit", what: "add", target: dataset, ground: "", until: "" });
export const dropAll: PlanChange = { act: "edit", what: "reset", target: "", ground: "", until: "" };
