import { AssetLink } from "~/shared/asset/AssetLink";
import { trustValue } from "~/shared/asset/trustValue";
import { count, number } from "~/shared/format/number";
import type { UsePartFragment } from "~/shared/graphql/generated/operations";
import { Button } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Seal } from "~/shared/ui/Seal";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { Trust } from "~/shared/ui/Trust";
import { atMost, rise, type UseLine } from "./model";

interface Props {
  label: string;
  page: UsePartFragment;
  rising?: boolean;
  onZone: (zone: string) => void;
  onMore?: () => void;
}

/** Datasets by their use, each with how it may be trusted. */
export function UseTable({ label, page, rising = false, onZone, onMore }: Props) {
  if (page.items.length === 0) return <Empty head="None is known">{rising ? "No table is used more than in the 30 days before." : "No query log has been read: connect one, and what people use stands here."}</Empty>;
  return (
    <DataTable
      label={label}
      columns={looks(rising, onZone)}
      rows={page.items}
      rowKey={({ asset }) => asset.id}
      foot={
        <>
          <span>
            {number(page.items.length)} of {count(page.total, "table")}
            {page.items.length >= atMost && page.total > atMost && "; choose a zone to see others"}
          </span>
          {onMore && (
            <Button small onClick={onMore}>
              Show more
            </Button>
          )}
        </>
      }
    />
  );
}

function looks(rising: boolean, onZone: (zone: string) => void): Column<UseLine>[] {
  const columns: Column<UseLine>[] = [
    {
      id: "name",
      head: "Table",
      cell: ({ asset }) => (
        <span className="row tight">
          <span>
            <AssetLink asset={asset} old={asset.deprecation !== null} />
          </span>
          {asset.certification?.valid && <Seal>{asset.certification.byName}</Seal>}
        </span>
      ),
    },
    {
      id: "zone",
      head: "Zone",
      label: "Zone",
      cell: ({ asset }) => (
        <button type="button" className="link" onClick={() => onZone(asset.zone)}>
          {asset.zone}
        </button>
      ),
    },
    { id: "people", head: "People, 30 d", label: "People, 30 d", number: true, cell: ({ people }) => number(people), sortBy: ({ people }) => people },
    { id: "queries", head: "Queries, 30 d", label: "Queries, 30 d", number: true, cell: ({ queries }) => number(queries), sortBy: ({ queries }) => queries },
    { id: "before", head: "30 d before", label: "30 d before", number: true, cell: ({ before }) => number(before), sortBy: ({ before }) => before },
  ];
  if (rising) columns.push({ id: "rise", head: "Rise", label: "Rise", number: true, cell: rise });
  columns.push(
    { id: "last", head: "Last used", label: "Last used", cell: ({ lastUsed }) => lastUsed && <Time at={lastUsed} /> },
    { id: "trust", head: "Trust", label: "Trust", cell: ({ asset }) => <Trust trust={trustValue(asset.trust)} small />, sortBy: ({ asset }) => asset.trust.score },
  );
  return columns;
}
