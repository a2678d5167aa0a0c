import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Confirm } from "./Dialog";
import { DayBars } from "./DayBars";
import { Name } from "./Name";
import { PersonalChip } from "./PersonalChip";
import { runs } from "./series";
import { Loading } from "./states";
import { Toaster } from "./Toaster";
import { say, undoLast } from "./toasts";

afterEach(() => vi.useRealTimers());

describe("a name", () => {
  it("has its path in grey and its matched letters marked, across pieces", () => {
    const { container } = render(<Name name="fct_revenue" path="analytics." matched={[{ start: 12, end: 17 }]} />);
    expect(container.textContent).toBe("analytics.fct_revenue");
    expect(container.querySelector(".name-path")?.textContent).toBe("analytics.");
    expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["t_", "rev"]);
  });
});

describe("personal data", () => {
  it("says level and state in words too", () => {
    render(<PersonalChip label="e-mail" level="high" state="suggested" />);
    expect(screen.getByTitle("e-mail, high, suggested").textContent).toContain("suggested");
  });
});

describe("a series", () => {
  it("is cut where it is not known", () => {
    expect(runs([1, 2, null, null, 5])).toEqual([
      { from: 0, to: 1, known: true, values: [1, 2] },
      { from: 2, to: 3, known: false, values: [] },
      { from: 4, to: 4, known: true, values: [5] },
    ]);
  });

  it("as bars tells zero from unknown", () => {
    const { container } = render(<DayBars days={[{ day: "a", value: 0 }, { day: "b", value: null }, { day: "c", value: 3 }]} sentence="by day" />);
    expect(container.querySelectorAll(".chart-zero")).toHaveLength(1);
    expect(container.querySelectorAll(".chart-unknown")).toHaveLength(1);
    expect(container.querySelectorAll(".chart-chosen")).toHaveLength(1);
  });
});

describe("messages", () => {
  it("stay eight seconds and then go", () => {
    vi.useFakeTimers();
    render(<Toaster />);
    act(() => say("Copied."));
    expect(screen.getByRole("status").textContent).toContain("Copied.");
    act(() => void vi.advanceTimersByTime(8_100));
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("undo what they tell of, once", () => {
    const undo = vi.fn();
    render(<Toaster />);
    act(() => say("Owner changed.", { undo }));
    act(() => void undoLast());
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole("status")).toBeNull();
    expect(undoLast()).toBe(false);
  });

  it("interrupt only for a lost save", () => {
    render(<Toaster />);
    act(() => say("Not saved.", { urgent: true }));
    expect(screen.getByRole("alert").textContent).toContain("Not saved.");
    act(() => screen.getByRole("button", { name: "Close message" }).click());
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("loading", () => {
  it("shows nothing for a moment, then bars, then words and Stop", () => {
    vi.useFakeTimers();
    const stop = vi.fn();
    const { container } = render(<Loading what="the columns" onStop={stop} />);
    expect(container.querySelectorAll(".bone")).toHaveLength(0);
    act(() => void vi.advanceTimersByTime(200));
    expect(container.querySelectorAll(".bone").length).toBeGreaterThan(0);
    expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
    act(() => void vi.advanceTimersByTime(5_000));
    screen.getByRole("button", { name: "Stop" }).click();
    expect(stop).toHaveBeenCalledTimes(1);
  });
});

describe("a question before what cannot be undone", () => {
  it("wants the name typed before it lets one go on", async () => {
    const run = vi.fn();
    render(
      <Confirm open onClose={() => {}} title="Erase 451 rows?" act="Erase 451 rows" run={run} typed="2026-0143">
        It cannot be undone.
      </Confirm>,
    );
    const act = screen.getByRole("button", { name: "Erase 451 rows" });
    expect(act.hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByRole("textbox"), "2026-0143");
    await userEvent.click(act);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
