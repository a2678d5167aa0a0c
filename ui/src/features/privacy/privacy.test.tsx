import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { renderAt } from "~/shared/testing/renderAt";
import { findingsAsked } from "./address";
import { Answer } from "./Answer";
import { CoverageList } from "./CoverageList";
import { because, byLevel, examples, following, totals, type Held } from "./model";

const held = (label: string, sensitivity: string, tagged: number, suggested: number): Held => ({ class: label, label, sensitivity, tagged, suggested, datasets: 1 });
const all = [held("e-mail", "high", 20, 2), held("phone", "high", 5, 0), held("password", "critical", 1, 0), held("name", "high", 9, 0), held("address", "high", 1, 0)];

const finding: ReviewItemFragment = {
  id: "f1",
  column: "contact",
  mode: "column",
  at: "2026-11-20T08:00:00Z",
  mark: { class: "user.contact.email", label: "e-mail", format: "", sensitivity: "high", state: "suggested", score: 0.86, origin: "detected" },
  evidence: [
    { kind: "path", rule: "path.thing", detail: "belongs to a device", weight: -1 },
    { kind: "value", rule: "value.email", detail: "50 of 50 values", weight: 6 },
    { kind: "name", rule: "name.email", detail: "words “contact”", weight: 2 },
  ],
  decision: null,
  asset: { id: "urn:x", name: "wh.adhoc.export", short: "export", path: "wh.adhoc", type: "dataset", subtype: "table", platform: "sqlite", zone: "adhoc" },
};

describe("what is held", () => {
  it("adds up by level, the most sensitive first, with a zero where nothing is", () => {
    expect(byLevel(all).map(({ level, tagged, suggested }) => [level, tagged, suggested])).toEqual([
      ["critical", 1, 0],
      ["high", 35, 2],
      ["medium", 0, 0],
      ["low", 0, 0],
    ]);
    expect(totals(all)).toEqual({ tagged: 36, suggested: 2 });
  });

  it("names the most frequent and counts the rest", () => {
    const high = byLevel(all)[1];
    expect(high && examples(high)).toBe("e-mail, name, phone and 1 more");
  });
});

describe("findings", () => {
  it("that wait are asked for first", () => {
    expect(findingsAsked({})).toEqual({ state: "suggested", sensitivity: null });
    expect(findingsAsked({ state: "all", level: "high" })).toEqual({ state: null, sensitivity: "high" });
  });

  it("say why by what speaks for them most", () => expect(because(finding)).toBe("50 of 50 values; words “contact”"));

  it("lead on to the next one", () => {
    const items = [{ id: "a" }, { id: "b" }, { id: "c" }];
    expect(following(items, "b")?.id).toBe("c");
    expect(following(items, "c")?.id).toBe("b");
    expect(following([{ id: "a" }], "a")).toBeUndefined();
  });

  it("are called not personal with a reason alone", async () => {
    const onReject = vi.fn();
    await renderAt(<Answer finding={finding} mayDecide busy={false} onConfirm={() => {}} onReject={onReject} />);
    fireEvent.click(screen.getByRole("button", { name: "Not personal" }));
    expect(screen.getByText("Write why it is not personal.")).toBeTruthy();
    expect(onReject).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "  a device  " } });
    fireEvent.click(screen.getByRole("button", { name: "Not personal" }));
    expect(onReject).toHaveBeenCalledWith("a device");
  });

  it("are only looked at without the right", async () => {
    await renderAt(<Answer finding={finding} mayDecide={false} busy={false} onConfirm={() => {}} onReject={() => {}} />);
    expect(screen.queryByRole("button", { name: /Confirm/ })).toBeNull();
  });
});

describe("coverage", () => {
  it("hatches what cannot be seen and says what would change that", async () => {
    await renderAt(<CoverageList coverage={[{ source: "app", datasets: 16, sampled: 10, unread: 2, log: false, parsed: null, erasable: false, detail: "reads unknown: connect its query log" }]} />);
    expect(screen.getByText("reads unknown")).toBeTruthy();
    expect(screen.getByText("10 of 16 tables sampled")).toBeTruthy();
    expect(screen.getByText("the rows of 2 tables cannot all be read")).toBeTruthy();
    expect(screen.getByText("reads unknown: connect its query log")).toBeTruthy();
  });
});
