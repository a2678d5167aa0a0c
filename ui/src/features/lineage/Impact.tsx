import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import type { ChangeImpactQuery } from "~/shared/graphql/generated/operations";
import { number } from "~/shared/format/number";

type Item = ChangeImpactQuery["impact"]["items"][number];

const severities: [severity: string, word: string][] = [
  ["breaks", "break"],
  ["changes values", "change their values"],
  ["may change", "may change"],
];

const named = 4;

/** What a change would touch now, the worst first; beside a graph of the past that is said. */
export function Impact({ impact, what, id, column, past }: { impact: ChangeImpactQuery["impact"]; what: string; id: string; column?: string; past: boolean }) {
  const beyond = impact.total > impact.items.length ? impact.items.at(-1)?.severity : undefined; // the list ends within this one
  return (
    <div className="impact">
      <h2 className="q">If {what} changes</h2>
      {past && <p className="small late">As things are today, not on the day that is shown.</p>}
      {impact.total === 0 && <p className="small soft">Nothing that was read stands on it.</p>}
      <ul>
        {severities.map(([severity, word]) => {
          const items = impact.items.filter((item) => item.severity === severity);
          return items.length > 0 && <Line key={severity} items={items} word={word} more={severity === beyond} />;
        })}
      </ul>
      {impact.total > 0 && (
        <p className="small">
          <Link to="/lineage/$urn" params={{ urn: id }} search={{ col: column, dir: "down", steps: "all" }}>
            Trace all {number(impact.total)} down
          </Link>
        </p>
      )}
    </div>
  );
}

function Line({ items, word, more }: { items: Item[]; word: string; more: boolean }) {
  return (
    <li>
      <b>{number(items.length)}</b>
      <span>
        {more && "and more "}
        {word}:{" "}
        {items.slice(0, named).map(({ asset }, index) => (
          <Fragment key={asset.id}>
            {index > 0 && ", "}
            <AssetLink asset={asset} className="" />
          </Fragment>
        ))}
        {items.length > named && ` and ${more ? "others" : `${number(items.length - named)} more`}`}
      </span>
    </li>
  );
}
