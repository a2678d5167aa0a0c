import { Fragment } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { ColumnDiffs } from "~/shared/asset/ColumnDiffs";
import { count } from "~/shared/format/number";
import type { AssetNameFragment } from "~/shared/graphql/generated/operations";
import type { Item } from "./model";

/** One change: what, by whom, which columns, and what stands downstream of it. */
export function Entry({ item: { asset, change, incident, affected } }: { item: Item }) {
  return (
    <>
      <p>
        {asset && <AssetLink asset={asset} />} {change.text} <span className="muted">{change.by}</span>
      </p>
      {incident?.detail && (
        <p className="small soft">
          {incident.severity}: {incident.detail}
        </p>
      )}
      <ColumnDiffs columns={change.columns} of={change} />
      {affected.total > 0 && (
        <p className="small">
          <b>{count(affected.total, "asset")} downstream</b>: <Names assets={affected.items.map((each) => each.asset)} all={affected.total} />
          {affected.owners.length > 0 && (
            <>
              {"; "}
              <span className="soft">answered for by</span> <Names assets={affected.owners} all={affected.owners.length} />
            </>
          )}
        </p>
      )}
    </>
  );
}

function Names({ assets, all }: { assets: AssetNameFragment[]; all: number }) {
  return (
    <>
      {assets.map((each, index) => (
        <Fragment key={each.id}>
          {index > 0 && ", "}
          <AssetLink asset={each} className="" />
        </Fragment>
      ))}
      {all > assets.length && ` and ${all - assets.length} more`}
    </>
  );
}
