import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderAt } from "~/shared/testing/renderAt";
import { listings, proposalKey, type Line, type Proposal, type Report } from "./model";
import { SearchLog } from "./SearchLog";

const term = { id: "urn:net", name: "Net revenue", short: "Net revenue", path: "", type: "term", subtype: "metric", platform: "", zone: "" };
const proposal: Proposal = { kind: "synonym", word: "takings", text: "Add “takings” to Net revenue", asset: term };
const line = (words: string, more: Partial<Line> = {}): Line => ({ words, searches: 4, people: 3, opened: 0, used: 0, last: "2026-11-20T09:00:00Z", then: "revenue", asset: null, proposal: null, ...more });
const report: Report = { days: 30, searches: 40, people: 6, opened: 22, used: 9, withoutResult: [line("takings", { proposal })], reformulated: [], abandoned: [], wanted: [line("revenue")] };

describe("the search log", () => {
  it("has what asks for help first", () => {
    expect(listings(report).map(({ id, lines }) => [id, lines.length])).toEqual([
      ["none", 1],
      ["again", 0],
      ["left", 0],
      ["wanted", 1],
    ]);
  });

  it("offers a proposed synonym once, to those who may add it", async () => {
    const take = vi.fn();
    const { unmount } = await renderAt(<SearchLog report={report} show="none" onShow={vi.fn()} taken={new Set()} onTake={take} />);
    await userEvent.click(screen.getByRole("button", { name: "Add “takings”" }));
    expect(take).toHaveBeenCalledWith(proposal);
    unmount();
    await renderAt(<SearchLog report={report} show="none" onShow={vi.fn()} taken={new Set([proposalKey(proposal)])} onTake={take} />);
    expect(screen.queryByRole("button", { name: "Add “takings”" })).toBeNull();
    expect(screen.getByText("added")).toBeTruthy();
  });

  it("only says what would help to those who may not", async () => {
    await renderAt(<SearchLog report={report} show="none" onShow={vi.fn()} taken={new Set()} />);
    expect(screen.getByText(proposal.text)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Add/ })).toBeNull();
  });
});
