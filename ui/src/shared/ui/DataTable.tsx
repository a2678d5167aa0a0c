import { getCoreRowModel, getSortedRowModel, useReactTable, type SortingState } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type ReactNode } from "react";
import "./DataTable.css";

/** A column of the table and, on a phone, a fact of the entry that a row becomes. */
export interface Column<T> {
  id: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** The fact's name in an entry; without one the cell stands alone. */
  label?: string;
  number?: boolean;
  className?: string;
  /** What the column sorts by; without it the head is no button. */
  sortBy?: (row: T) => string | number;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  chosen?: string;
  onChoose?: (row: T) => void;
  rowTone?: (row: T) => "bad" | undefined;
  foot?: ReactNode;
  className?: string;
}

const virtualFrom = 100;

/**
 * Rows in a table; entries on a phone (the first column is the headword, the rest labelled facts);
 * only the visible rows are drawn from a hundred on.
 */
export function DataTable<T>({ label, columns, rows, rowKey, foot, className = "", ...row }: Props<T>) {
  const [sorting, onSortingChange] = useState<SortingState>([]);
  const table = useReactTable({
    data: rows,
    columns: columns.map(({ id, sortBy }) => ({ id, accessorFn: sortBy ?? (() => 0), enableSorting: sortBy !== undefined })),
    state: { sorting },
    onSortingChange,
    getRowId: rowKey,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const box = useRef<HTMLDivElement>(null);
  const all = table.getRowModel().rows;
  const virtual = all.length >= virtualFrom;
  const virtualizer = useVirtualizer({ count: virtual ? all.length : 0, getScrollElement: () => box.current, estimateSize: () => 36, overscan: 12 });
  const seen = virtualizer.getVirtualItems();
  const drawn = virtual ? seen.flatMap(({ index }) => all[index] ?? []) : all;
  const before = seen[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <div className="sheet">
      <div ref={box} className={virtual ? "table-box virtual-box" : "table-box"} tabIndex={virtual ? 0 : undefined} role={virtual ? "region" : undefined} aria-label={virtual ? label : undefined}>
        <table className={`data clips ${className}`} aria-label={label} aria-rowcount={all.length + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.id} column={column} sorting={sorting} onSort={() => table.getColumn(column.id)?.toggleSorting()} />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Gap height={before} />}
            {drawn.map((each) => (
              <BodyRow key={each.id} id={each.id} index={all.indexOf(each)} row={each.original} columns={columns} measure={virtual ? virtualizer.measureElement : undefined} {...row} />
            ))}
            {after > 0 && <Gap height={after} />}
          </tbody>
        </table>
      </div>
      {foot && <div className="data-foot">{foot}</div>}
    </div>
  );
}

function HeadCell<T>({ column, sorting, onSort }: { column: Column<T>; sorting: SortingState; onSort: () => void }) {
  const look = column.number ? "num" : "";
  if (!column.sortBy) {
    return (
      <th scope="col" className={look}>
        {column.head}
      </th>
    );
  }
  const sorted = sorting.find((each) => each.id === column.id);
  return (
    <th scope="col" className={look} aria-sort={sorted ? (sorted.desc ? "descending" : "ascending") : "none"}>
      <button type="button" className="sort" onClick={onSort}>
        {column.head}
        <span aria-hidden="true">{sorted ? (sorted.desc ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}

type RowProps<T> = Pick<Props<T>, "columns" | "chosen" | "onChoose" | "rowTone"> & { id: string; index: number; row: T; measure?: (node: Element | null) => void };

function BodyRow<T>({ id, index, row, columns, chosen, onChoose, rowTone, measure }: RowProps<T>) {
  const look = [id === chosen && "chosen-row", rowTone?.(row) && "bad-row", onChoose && "choosable"].filter(Boolean).join(" ");
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className={look} aria-current={id === chosen ? "true" : undefined} onClick={onChoose && (() => onChoose(row))}>
      {columns.map((column, at) => {
        const look = [column.number && "num", column.className].filter(Boolean).join(" ");
        return at === 0 ? (
          <th key={column.id} scope="row" className={look}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.id} className={look} data-label={column.label}>
            {column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden="true" className="gap">
      <td style={{ height }} />
    </tr>
  );
}
