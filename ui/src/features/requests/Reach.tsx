import { count, number } from "~/shared/format/number";
import { Empty } from "~/shared/ui/states";
import type { Request } from "./model";

/** How far the plan reaches: collections and rows by the way they were found, then what a person has to look at. */
export function Reach({ plan }: { plan: Request["plan"] }) {
  return (
    <div className="request-reach">
      <h2 className="q">How far it reaches</h2>
      {plan ? (
        <ol className="reach-list">
          {plan.reach.map(({ way, collections, rows, names }) => (
            <li key={way}>
              <b>{way.charAt(0).toUpperCase() + way.slice(1)}</b>
              <span>
                {count(collections, "table")}, {count(rows, "row")}
              </span>
              <small>{listed(names)}</small>
            </li>
          ))}
          {plan.unreachable.length > 0 && (
            <li className="unsure-reach">
              <b>Unreachable</b>
              <span className="bad">{count(plan.unreachable.length, "table")}</span>
              <small>{listed(plan.unreachable.map(({ name }) => name))}</small>
            </li>
          )}
          <li className="unsure-reach">
            <b>Islands</b>
            <span>{plan.islands.length === 0 ? "none" : `${number(plan.islands.length)} to look at`}</span>
            <small>{plan.islands.length === 0 ? "every personal column is reached by a path" : `personal columns that no path reaches: ${listed(plan.islands)}`}</small>
          </li>
        </ol>
      ) : (
        <Empty head="Not planned yet">The plan finds every copy by identity, keys and lineage, and counts its rows exactly.</Empty>
      )}
    </div>
  );
}

function listed(names: string[]): string {
  const some = names.slice(0, 6).join(", ");
  return names.length > 6 ? `${some} and ${number(names.length - 6)} more` : some;
}
