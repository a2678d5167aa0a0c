import { Icon, type IconName } from "./Icon";
import "./Kind.css";

const drawn: Record<string, [icon: IconName, word: string]> = {
  TABLE: ["table", "table"],
  VIEW: ["view", "view"],
  MATERIALIZED_VIEW: ["view", "materialized view"],
  DATASET: ["table", "table"],
  DASHBOARD: ["dashboard", "dashboard"],
  CHART: ["dashboard", "chart"],
  FLOW: ["pipeline", "pipeline"],
  JOB: ["pipeline", "job"],
  PIPELINE: ["pipeline", "pipeline"],
  MODEL: ["model", "model"],
  FILE: ["file", "file"],
  TOPIC: ["pipeline", "topic"],
  TERM: ["term", "term"],
  METRIC: ["term", "metric"],
  DOMAIN: ["domain", "domain"],
  PRODUCT: ["domain", "product"],
  TAG: ["term", "tag"],
  USER: ["person", "person"],
  GROUP: ["person", "group"],
  QUERY: ["file", "statement"],
  SOURCE: ["file", "source"],
};

/** The word for a kind of asset, as people say it: DATASET is a table. */
export function kindWord(kind: string): string {
  return drawn[kind.toUpperCase()]?.[1] ?? kind.toLowerCase().replaceAll("_", " ");
}

/** The icon of a kind, for places where its word stands elsewhere. */
export function kindIcon(kind: string): IconName {
  return drawn[kind.toUpperCase()]?.[0] ?? "file";
}

/** A kind: small line icon and its word, the icon never alone. */
export function Kind({ kind }: { kind: string }) {
  return (
    <span className="kind">
      <Icon name={kindIcon(kind)} />
      {kindWord(kind)}
    </span>
  );
}
