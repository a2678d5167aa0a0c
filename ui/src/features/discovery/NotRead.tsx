import { AssetLink } from "~/shared/asset/AssetLink";
import { bytes, count, number } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { Segments } from "~/shared/ui/Chip";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Tag } from "~/shared/ui/Seal";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { atMost, idleStates, sizeWords, type IdleLine, type Unused } from "./model";
import { Proof } from "./Proof";

interface Props {
  page: Unused;
  state: string;
  onState: (state: string) => void;
  /** The dataset whose proof is open; the first when none is named. */
  row?: string;
  onRow: (row: string) => void;
  onMore?: () => void;
}

/** What nobody is known to read, the largest first: unused, unparsed and unknown are three lists, each row with its proof. */
export function NotRead({ page, state, onState, row, onRow, onMore }: Props) {
  const counts = new Map(page.counts.map(({ name, count: many }) => [name, many]));
  const means = idleStates.find(([each]) => each === state)?.[2];
  const chosen = page.items.find(({ asset }) => asset.id === row) ?? page.items[0];
  return (
    <div className="stack wide">
      <div className="row apart">
        <Segments label="How it stands" options={idleStates.map(([each, word]) => [each, `${word} ${number(counts.get(each) ?? 0)}`])} chosen={state} onChoose={onState} />
        <p className="small soft">{sizeWords(page)}</p>
      </div>
      <p className="small soft">{means}</p>
      {!chosen ? (
        <Empty head="None">No table that you may see stands so.</Empty>
      ) : (
        <div className="not-read">
          <DataTable
            label="Tables that nobody is known to read"
            columns={looks(onRow)}
            rows={page.items}
            rowKey={({ asset }) => asset.id}
            chosen={chosen.asset.id}
            onChoose={({ asset }) => onRow(asset.id)}
            foot={
              <>
                <span>
                  {number(page.items.length)} of {count(page.total, "table")}
                  {page.items.length >= atMost && page.total > atMost && "; the smaller ones are not listed"}
                </span>
                {onMore && (
                  <Button small onClick={onMore}>
                    Show more
                  </Button>
                )}
              </>
            }
          />
          <Proof line={chosen} />
        </div>
      )}
    </div>
  );
}

function looks(onRow: (row: string) => void): Column<IdleLine>[] {
  return [
    { id: "name", head: "Table", cell: ({ asset }) => <AssetLink asset={asset} /> },
    { id: "size", head: "Size", label: "Size", number: true, cell: ({ idle }) => (idle.bytes === null ? <Unknown>unknown</Unknown> : bytes(idle.bytes)), sortBy: ({ idle }) => idle.bytes ?? -1 },
    { id: "rows", head: "Rows", label: "Rows", number: true, cell: ({ idle }) => (idle.rows === null ? <Unknown>unknown</Unknown> : number(idle.rows)), sortBy: ({ idle }) => idle.rows ?? -1 },
    { id: "last", head: "Last read", label: "Last read", cell: ({ idle }) => (idle.lastRead ? <Time at={idle.lastRead} /> : "not within the log") },
    { id: "owner", head: "Owner", label: "Owner", cell: ({ asset }) => (asset.owners[0] ? <AssetLink asset={asset.owners[0].user} className="" /> : <Unknown>no owner</Unknown>) },
    {
      id: "safe",
      head: "Proof",
      label: "Proof",
      cell: ({ asset, idle }) => (
        <button type="button" className="link" onClick={() => onRow(asset.id)}>
          {idle.safe ? <Tag tone="ok">safe to drop</Tag> : "what is missing"}
        </button>
      ),
    },
  ];
}
