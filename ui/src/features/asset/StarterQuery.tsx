import { Link } from "@tanstack/react-router";
import { CopyButton } from "~/shared/ui/CopyButton";
import { Unknown } from "~/shared/ui/Hatch";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { habits, type Asset } from "./model";

/** How do people query it? The statement to start from, and what it is usually joined with and filtered by. */
export function StarterQuery({ asset }: { asset: Asset }) {
  const [starter] = asset.queries;
  const said = habits(asset);
  return (
    <div className="ruled">
      <div className="row apart">
        <h2 className="q">How do people query it?</h2>
        {starter && (
          <CopyButton text={broken(starter.sql)} what="the starter query" small>
            Copy
          </CopyButton>
        )}
      </div>
      {!starter && <p className="small">{asset.usage.known ? "Nobody has in 30 days." : <Unknown>{asset.usage.detail}</Unknown>}</p>}
      {starter && <Sql text={broken(starter.sql)} label="Starter query" />}
      {said && (
        <p className="small muted starter-habits">
          {said.often}.
          {said.join && (
            <>
              {" "}
              Mostly joined with{" "}
              <Link to="/asset/$urn" params={{ urn: said.join.dataset }}>
                {said.join.name}
              </Link>{" "}
              on <code>{said.join.column}</code>
              {said.filters.length > 0 ? ", filtered by " : "."}
            </>
          )}
          {!said.join && said.filters.length > 0 && " Mostly filtered by "}
          {said.filters.map((filter, index) => (
            <span key={filter}>
              {index > 0 && " and "}
              <code>{filter}</code>
            </span>
          ))}
          {said.filters.length > 0 && "."}
        </p>
      )}
    </div>
  );
}
