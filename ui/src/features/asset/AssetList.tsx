import { AssetLink } from "~/shared/asset/AssetLink";
import { isTrusted, kindOf } from "~/shared/asset/naming";
import { trustValue } from "~/shared/asset/trustValue";
import type { AssetLineFragment } from "~/shared/graphql/generated/operations";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Kind } from "~/shared/ui/Kind";
import { Seal, Tag } from "~/shared/ui/Seal";
import { Empty } from "~/shared/ui/states";
import { Trust } from "~/shared/ui/Trust";
import "./tabs.css";

/** Assets with what they are and how far they may be trusted: the answers of a term, the parts of a dashboard, what a person owns. */
export function AssetList({ label, assets, none }: { label: string; assets: AssetLineFragment[]; none: string }) {
  if (assets.length === 0) return <Empty head="None">{none}</Empty>;
  return <DataTable label={label} columns={columns} rows={assets} rowKey={(asset) => asset.id} />;
}

const columns: Column<AssetLineFragment>[] = [
  {
    id: "name",
    head: "Name",
    cell: (asset) => (
      <span className="row tight">
        <span>
          <AssetLink asset={asset} old={asset.deprecation !== null} />
        </span>
        {asset.certification?.valid && <Seal>{asset.certification.byName}</Seal>}
        {asset.deprecation && <Tag tone="late">deprecated</Tag>}
      </span>
    ),
  },
  { id: "kind", head: "Kind", label: "Kind", cell: (asset) => <Kind kind={kindOf(asset)} /> },
  { id: "meaning", head: "What it is", className: "meaning", cell: (asset) => asset.description },
  { id: "trust", head: "Trust", label: "Trust", cell: (asset) => isTrusted(asset) && <Trust trust={trustValue(asset.trust)} small />, sortBy: (asset) => asset.trust.score },
];
