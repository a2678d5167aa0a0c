import { Link } from "@tanstack/react-router";
import { AssetLink } from "~/shared/asset/AssetLink";
import { count } from "~/shared/format/number";
import { duration } from "~/shared/format/time";
import { Section } from "~/shared/ui/Section";
import { Timeline } from "~/shared/ui/Timeline";
import { byWeight, type HomeData } from "./model";

/** What changed lately, breaking first; what is used most; what cost most yesterday. */
export function Lately({ data }: { data: HomeData }) {
  return (
    <Section
      head="Changed lately"
      caption={
        <>
          What can break stands first. <Link to="/changes">All changes, and what you are told of</Link>
        </>
      }
    >
      <div className={data.recent.length > 3 ? "lately" : "lately unchanged"}>
        <Changes changes={data.recent} />
        <div className="lately-lists">
          <Used head="Most used, 30 days" assets={data.mostUsed} show="used" />
          {data.rising.length > 0 && <Used head="Used more than before" assets={data.rising} show="rising" />}
          <Dearest queries={data.dearest} />
        </div>
      </div>
    </Section>
  );
}

function Changes({ changes }: { changes: HomeData["recent"] }) {
  if (changes.length === 0) return <p className="soft">Nothing has changed since it was first crawled.</p>;
  return (
    <Timeline
      happenings={byWeight(changes)
        .slice(0, 8)
        .map((change) => ({
          id: String(change.number),
          at: change.at,
          tone: change.breaking ? "bad" : "plain",
          what: (
            <p>
              {change.asset && <AssetLink asset={change.asset} />} {change.text} <span className="muted">{change.by}</span>
            </p>
          ),
        }))}
    />
  );
}

function Used({ head, assets, show }: { head: string; assets: (HomeData["mostUsed"][number] | HomeData["rising"][number])[]; show: string }) {
  return (
    <div>
      <h3 className="cap strong-cap">
        <Link to="/discover" search={{ show }}>
          {head}
        </Link>
      </h3>
      {assets.length === 0 && <p className="small muted">No query log has been read.</p>}
      <ul className="plain-list">
        {assets.slice(0, 5).map((asset) => (
          <li key={asset.id}>
            <span>
              <AssetLink asset={asset} className="" />
            </span>
            <span>{count(asset.usage.people, "person", "people")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Dearest({ queries }: { queries: HomeData["dearest"] }) {
  if (queries.length === 0) return null;
  return (
    <div>
      <h3 className="cap strong-cap">
        <Link to="/discover" search={{ show: "morning" }}>
          Dearest queries, yesterday
        </Link>
      </h3>
      <ul className="plain-list">
        {queries.slice(0, 3).map(({ query, user, seconds, runs }) => (
          <li key={query.id}>
            <span className="dear" title={query.sql}>
              <code>{query.sql.replace(/\s+/g, " ").slice(0, 72)}</code> <span className="muted">{user}</span>
            </span>
            <span title={count(runs, "run")}>{duration(seconds * 1000)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
