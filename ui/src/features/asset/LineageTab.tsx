import { Link } from "@tanstack/react-router";
import { AssetLink } from "~/shared/asset/AssetLink";
import { saidName } from "~/shared/asset/naming";
import { trustValue } from "~/shared/asset/trustValue";
import { count } from "~/shared/format/number";
import type { NeighbourFragment } from "~/shared/graphql/generated/operations";
import { buttonClass } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Sql } from "~/shared/ui/Sql";
import { broken } from "~/shared/ui/sqlClauses";
import { Empty } from "~/shared/ui/states";
import { Trust } from "~/shared/ui/Trust";
import type { Asset } from "./model";
import "./tabs.css";

interface Props {
  asset: Asset;
  sql: string;
  upstream: NeighbourFragment[];
  downstream: NeighbourFragment[];
}

/** What it comes from and what it feeds, one step each way, and the way to the whole graph. */
export function LineageTab({ asset, sql, upstream, downstream }: Props) {
  return (
    <div className="stack far">
      <div className="halves">
        <div className="stack">
          <h3 className="q">Comes from</h3>
          <Neighbours label={`What ${saidName(asset)} comes from`} assets={upstream} none="No statement that writes it has been read." />
        </div>
        <div className="stack">
          <h3 className="q">Feeds</h3>
          <Neighbours label={`What ${saidName(asset)} feeds`} assets={downstream} none="No statement that reads it into something else has been read." />
        </div>
      </div>
      <p>
        <Link to="/lineage/$urn" params={{ urn: asset.id }} className={buttonClass()}>
          Open the graph
        </Link>
      </p>
      {sql && (
        <div className="stack">
          <h3 className="q">Made by</h3>
          <Sql text={broken(sql)} label="The statement that makes it" />
        </div>
      )}
    </div>
  );
}

const columns: Column<NeighbourFragment>[] = [
  { id: "name", head: "Name", cell: (asset) => <AssetLink asset={asset} icon old={asset.deprecation !== null} /> },
  { id: "trust", head: "Trust", label: "Trust", cell: (asset) => <Trust trust={trustValue(asset.trust)} small /> },
  { id: "use", head: "Used, 30 days", label: "Used, 30 days", number: true, cell: (asset) => <Use asset={asset} /> },
];

function Neighbours({ label, assets, none }: { label: string; assets: NeighbourFragment[]; none: string }) {
  if (assets.length === 0) return <Empty head="Nothing is known">{none}</Empty>;
  return <DataTable label={label} columns={columns} rows={assets} rowKey={(asset) => asset.id} />;
}

function Use({ asset: { type, usage } }: { asset: NeighbourFragment }) {
  if (!usage.known) return <Unknown>unknown</Unknown>;
  if (type === "dashboard" || type === "chart") return count(usage.viewers, "viewer");
  if (usage.people === 0 && usage.serviceQueries > 0) return "services only";
  return count(usage.people, "person", "people");
}
