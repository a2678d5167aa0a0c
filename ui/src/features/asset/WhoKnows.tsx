import { Link } from "@tanstack/react-router";
import { count } from "~/shared/format/number";
import { language } from "~/shared/format/name";
import { Face } from "~/shared/ui/Face";
import { Unknown } from "~/shared/ui/Hatch";
import type { Asset } from "./model";

interface Knower {
  id: string;
  urn?: string;
  name: string;
  word: string;
  group: boolean;
}

/** Who knows? Those who answer for it, then those who query it most. */
export function WhoKnows({ asset }: { asset: Asset }) {
  const people = knowers(asset);
  return (
    <div className="ruled">
      <h2 className="q">Who knows?</h2>
      {people.length === 0 && (
        <p className="small">
          <Unknown>no owner, and nobody is known to use it</Unknown>
        </p>
      )}
      <ul className="knowers">
        {people.map(({ id, urn, name, word, group }) => (
          <li key={id}>
            <Face name={name} group={group} small />
            <span lang={language(name)}>
              <b>
                {urn ? (
                  <Link to="/asset/$urn" params={{ urn }} className="bare">
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </b>
              <small>{word}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const units: Record<string, [one: string, many: string]> = { dataset: ["query", "queries"], dashboard: ["view", "views"], chart: ["view", "views"] };

function knowers(asset: Asset): Knower[] {
  const owners = asset.owners.map(({ user, kind, active }) => ({
    id: user.id,
    urn: user.id,
    name: user.short,
    word: `${kind || "owner"}${active ? ", active in 90 days" : ", not active in 90 days"}`,
    group: user.type === "group",
  }));
  const [one, many] = units[asset.type] ?? ["use", "uses"];
  const users = asset.usage.users.map(({ user, kind, queries, person }) => ({
    id: person?.id ?? user,
    urn: person?.id,
    name: person?.short ?? user,
    word: `${count(queries, one, many)} in 30 days${kind === "human" ? "" : `, ${kind}`}`,
    group: kind !== "human",
  }));
  return [...owners, ...users.filter((user) => !owners.some((owner) => owner.id === user.id))].slice(0, 5);
}
