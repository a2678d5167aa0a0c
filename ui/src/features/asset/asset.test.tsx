import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderAt } from "~/shared/testing/renderAt";
import { ColumnsTab } from "./ColumnsTab";
import { filteredColumns, habits, marksOf, sizeOf, tide, type Asset, type AssetColumn } from "./model";

const mark = (label: string, state: string) => ({ class: `user.${label}`, label, format: "", sensitivity: "high", state, score: 0.93, origin: "detected" });
const column = (name: string, more: Partial<AssetColumn> = {}): AssetColumn => ({ name, type: "text", description: "", required: false, primaryKey: false, people: 3, tags: [], references: null, personal: null, ...more });
const columns = [column("id", { primaryKey: true }), column("email", { personal: mark("e-mail", "tagged") }), column("memo", { personal: mark("name", "suggested"), description: "What the payer wrote" }), column("note", { personal: mark("phone", "rejected") })];
const name = { id: "urn:1", name: "w.analytics.payments", short: "payments", path: "w.analytics", type: "dataset", subtype: "table", platform: "sqlite", zone: "analytics" };
const asset: Asset = {
  ...name,
  description: "",
  link: "",
  tags: [],
  stub: false,
  missingSince: null, followed: false,
  properties: [],
  stats: { rows: 1204, bytes: null, updatedAt: null },
  owners: [],
  terms: [],
  domain: null,
  freshness: { state: "unknown", detail: "", writes: [] },
  upstream: [],
  downstream: [],
  dashboards: [],
  parts: [],
  usage: { known: true, detail: "", people: 3, queries: 9, serviceQueries: 0, viewers: 0, lastUsed: null, users: [], joins: [{ column: "id", queries: 4, other: { dataset: "urn:2", name: "w.analytics.orders", column: "payment_id" } }], filters: [{ name: "paid_on", count: 9 }] },
  queries: [{ id: "q", sql: "select 1", runs: 84, people: 1 }],
  term: null,
  person: null,
  certification: null,
  deprecation: null,
  trust: { score: 0, known: 0, signals: [] },
};

describe("columns", () => {
  it("are found by name, meaning and class", () => {
    expect(filteredColumns(columns, "payer", false).map((each) => each.name)).toEqual(["memo"]);
    expect(filteredColumns(columns, "e-mail", false).map((each) => each.name)).toEqual(["email"]);
  });

  it("with personal data leave out what a person has rejected", () => {
    expect(filteredColumns(columns, "", true).map((each) => each.name)).toEqual(["email", "memo"]);
  });

  it("give the head its marks", () => {
    const { settled, open } = marksOf(columns);
    expect(settled.map((each) => each.label)).toEqual(["e-mail"]);
    expect(open).toBe(1);
  });
});

describe("an asset", () => {
  it("says its size as far as it is known", () => {
    expect(sizeOf(asset.stats)).toBe("1\u00a0204\u00a0rows");
    expect(sizeOf({ rows: null, bytes: null, updatedAt: null })).toBeUndefined();
  });

  it("says how it is queried", () => {
    expect(habits(asset)).toEqual({ often: "84\u00a0times by 1\u00a0person in 30 days", join: { dataset: "urn:2", name: "orders", column: "id" }, filters: ["paid_on"] });
    expect(habits({ ...asset, queries: [] })).toBeUndefined();
  });

  it("has a tide line around its usual time, also across midnight", () => {
    const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).toISOString();
    expect(tide([at(1, 6, 0), at(2, 6, 0)], 250)).toBeUndefined();
    const line = tide([at(1, 23, 30), at(2, 23, 50), at(4, 0, 10)], 250);
    expect(line?.usual).toBe("23:30");
    expect(line?.dots.map((dot) => Math.round(dot.off * 60))).toEqual([0, 20, 40]);
  });
});

describe("the columns tab", () => {
  const finding = { id: "f", column: "memo", mode: "contamination", at: "2026-11-20T09:00:00Z", mark: mark("name", "suggested"), evidence: [{ kind: "value", rule: "person_name", detail: "3 of 50 look like names", weight: 2.1 }], decision: null };

  it("shows chips, and the evidence behind a suggestion, which wants a reason", async () => {
    await renderAt(<ColumnsTab asset={asset} columns={columns} findings={[finding]} onChoose={vi.fn()} mayDecide />);
    expect(screen.queryByTitle(/phone/)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Answer for memo" }));
    const dialog = within(screen.getByRole("dialog", { name: "Is memo personal data?" }));
    expect(dialog.getByText(/3 of 50 look like names/)).toBeTruthy();
    expect(dialog.getByRole("button", { name: "It is: name" }).hasAttribute("disabled")).toBe(true);
    await userEvent.type(dialog.getByRole("textbox", { name: "Reason" }), "free text");
    expect(dialog.getByRole("button", { name: "It is: name" }).hasAttribute("disabled")).toBe(false);
  });

  it("lets those look who may not answer", async () => {
    await renderAt(<ColumnsTab asset={asset} columns={columns} findings={[finding]} onChoose={vi.fn()} mayDecide={false} />);
    await userEvent.click(screen.getByRole("button", { name: "Answer for memo" }));
    expect(screen.queryByRole("button", { name: "It is: name" })).toBeNull();
  });

  it("never draws unknown use as zero", async () => {
    await renderAt(<ColumnsTab asset={{ ...asset, usage: { ...asset.usage, known: false } }} columns={columns} findings={[]} onChoose={vi.fn()} mayDecide />);
    expect(screen.getAllByText("unknown")).toHaveLength(columns.length);
  });
});
