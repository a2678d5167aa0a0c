/** What is needed to name an asset. */
export interface Named {
  name: string;
  short: string;
  path: string;
  type: string;
  subtype: string;
  zone: string;
}

/** What stands before the name in grey: the zone of a table, the folder of a dashboard. */
export function pathOf(asset: Named): string {
  if (asset.type === "dataset") return asset.zone ? `${asset.zone}.` : "";
  return asset.path && asset.type !== "term" ? `${asset.path.replace(/[./ ]+$/, "")} / ` : "";
}

/** The name as it is said in a sentence: "analytics.fct_revenue", "Board revenue". */
export function saidName(asset: Named): string {
  return asset.type === "dataset" ? pathOf(asset) + asset.short : asset.short;
}

const trusted = new Set(["dataset", "dashboard", "chart", "model", "topic"]);

/** Whether trust, use and freshness are asked of this type; a term or a person has none of them. */
export function isTrusted({ type }: Pick<Named, "type">): boolean {
  return trusted.has(type);
}

/** The kind of an asset: what its source calls it, else its type; a dataset is a table. */
export function kindOf(asset: Pick<Named, "type" | "subtype">): string {
  return (asset.subtype || asset.type).toUpperCase();
}
