import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { DataTable, type Column } from "./DataTable";

interface Line {
  name: string;
  rows: number;
}

const columns: Column<Line>[] = [
  { id: "name", head: "Name", cell: (line) => line.name },
  { id: "rows", head: "Rows", label: "Rows", number: true, cell: (line) => line.rows, sortBy: (line) => line.rows },
];
const lines: Line[] = [
  { name: "orders", rows: 30 },
  { name: "refunds", rows: 4 },
  { name: "students", rows: 200 },
];
const table = (more = {}) => <DataTable label="Tables" columns={columns} rows={lines} rowKey={(line) => line.name} {...more} />;
const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

describe("a table", () => {
  it("has scoped heads and counts its rows", () => {
    render(table());
    expect(screen.getByRole("table", { name: "Tables" }).getAttribute("aria-rowcount")).toBe("4");
    expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["Name", "Rows"]);
    expect(names()).toEqual(["orders", "refunds", "students"]);
  });

  it("names its facts for the entries of a phone", () => {
    render(table());
    expect(within(screen.getAllByRole("row")[1] ?? document.body).getByText("30").getAttribute("data-label")).toBe("Rows");
  });

  it("sorts by a column that can be sorted, and says so", async () => {
    render(table());
    const head = screen.getByRole("columnheader", { name: /Rows/ });
    expect(head.getAttribute("aria-sort")).toBe("none");
    await userEvent.click(within(head).getByRole("button"));
    expect(head.getAttribute("aria-sort")).toBe("descending");
    expect(names()).toEqual(["students", "orders", "refunds"]);
    await userEvent.click(within(head).getByRole("button"));
    expect(names()).toEqual(["refunds", "orders", "students"]);
  });

  it("marks the chosen row and tells which was chosen", async () => {
    const onChoose = vi.fn();
    render(table({ chosen: "refunds", onChoose }));
    expect(screen.getByRole("row", { current: true }).textContent).toContain("refunds");
    await userEvent.click(screen.getByText("students"));
    expect(onChoose).toHaveBeenCalledWith(lines[2]);
  });

  it("does not draw a hundred rows and more all at once, but counts them", () => {
    const many = Array.from({ length: 5000 }, (_, row) => ({ name: `t${row}`, rows: row }));
    render(table({ rows: many }));
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("5001");
    expect(screen.getAllByRole("row").length).toBeLessThan(200);
    expect(screen.getByRole("region", { name: "Tables" }).tabIndex).toBe(0);
  });
});
