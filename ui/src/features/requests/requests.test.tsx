import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ActDialogs } from "./ActDialogs";
import { Acts } from "./Acts";
import { Exceptions } from "./Exceptions";
import { Clock } from "./Clock";
import { EditDialog } from "./EditDialog";
import { dropAll, takeIn } from "./edits";
import { Edits } from "./Edits";
import { acts, daysWords, planRows, planWords, reachedWords, remark, runningAct, runShare, runWords, tally, usedShare, type Request } from "./model";
import { PlanTable } from "./PlanTable";
import { Progress } from "./Progress";
import { lawSentence, shortHash } from "./words";

type Step = NonNullable<Request["plan"]>["steps"][number];

const step = (order: number, table: string, action: string, rows: number, more: Partial<Step> = {}): Step => ({ order, dataset: `urn:${table}`, name: `shop.main.${table}`, action, columns: ["email"], rows, ground: "", path: [`email in shop.main.${table}`], asset: null, ...more });

const request: Request = {
  id: "2026-0001",
  kind: "erasure",
  law: "gdpr",
  lawText: "GDPR, GDPR art. 17",
  state: "approval",
  received: "2026-11-20T00:00:00Z",
  due: "2026-12-21T00:00:00Z",
  daysLeft: 31,
  dueBecause: "received 20 Nov 2026, one month",
  createdBy: "Rafael",
  hold: "",
  open: ["it is to be approved by two people"],
  next: ["plan", "execute", "hold", "reveal"],
  receipt: null,
  extendBy: "2026-12-21T00:00:00Z",
  extendTo: "2027-02-22T00:00:00Z",
  edits: [],
  route: [],
  subject: [{ key: "email", value: "m•••@e•••.org" }],
  plan: {
    hash: "9f4e0000c21a",
    at: "2026-11-20T08:00:00Z",
    islands: [],
    possibleLinks: [],
    notes: [],
    reach: [],
    steps: [step(1, "orders", "retain", 11, { ground: "tax law" }), step(2, "logins", "delete", 418), step(3, "students", "delete", 1)],
    unreachable: [{ name: "sheets.list", reason: "no erasing credential" }],
    exceptions: [],
  },
  approvals: [],
  approvalNote: "",
  outcomes: [],
  verifications: [],
  trail: [],
  run: null,
};

const done: Request = {
  ...request,
  state: "incomplete",
  outcomes: [
    { name: "shop.main.orders", dataset: "urn:orders", outcome: "retained", rows: 11, detail: "tax law name set to null", at: null },
    { name: "shop.main.logins", dataset: "urn:logins", outcome: "erased", rows: 418, detail: "", at: "2026-11-20T08:58:02Z" },
    { name: "shop.main.students", dataset: "urn:students", outcome: "failed", rows: 0, detail: "locked", at: null },
    { name: "wh.adhoc.empty", dataset: "urn:empty", outcome: "none_found", rows: 0, detail: "", at: null },
  ],
};

describe("a plan with its outcomes", () => {
  it("is one line a collection: what was planned, what became of it, what cannot be reached", () => {
    expect(planRows(done).map(({ name, fate }) => [name, fate])).toEqual([
      ["shop.main.orders", "retained"],
      ["shop.main.logins", "erased"],
      ["shop.main.students", "failed"],
      ["wh.adhoc.empty", "none_found"],
      ["sheets.list", "unreachable"],
    ]);
  });

  it("adds up what is done and what keeps it open", () => {
    expect(tally(planRows(request))).toMatchObject({ todo: 419, retained: 11, erased: 0, unreachable: 1, open: 4 });
    expect(tally(planRows(done))).toMatchObject({ erased: 418, retained: 11, failed: 1, todo: 0, open: 2, collections: 5 });
  });

  it("says in one sentence what it will do", () => {
    expect(planWords(request).replace(/\u00a0/g, " ")).toBe("It erases or changes 419 rows in 2 collections, keeps 11 rows on a ground, and leaves 1 collection that cannot be reached.");
  });

  it("says the ground once", () => {
    expect(planRows(done).map(remark)[0]).toBe("name set to null");
  });

  it("is drawn with the failed line in red and the unknown hatched, never as a zero", () => {
    const { container } = render(<PlanTable rows={planRows({ ...done, plan: done.plan && { ...done.plan, steps: done.plan.steps } })} open={done.open} />);
    expect(container.querySelectorAll(".bad-row")).toHaveLength(1);
    expect(screen.getByRole("row", { name: /sheets/ }).querySelector(".unknown")).not.toBeNull();
    expect(screen.getByText(/2 of 5 collections still keep it open/)).toBeTruthy();
  });
});

describe("words", () => {
  it("count days as people do", () => {
    expect([31, 1, 0, -3].map((days) => daysWords(days).replace(/\u00a0/g, " "))).toEqual(["31 days left", "1 day left", "due today", "3 days late"]);
  });

  it("cut what is long and keep what tells", () => {
    expect(reachedWords(["email in shop.main.students", "shop.main.logins.student_id → shop.main.students.student_id"])).toBe("logins.student_id → students.student_id");
    expect(shortHash("9f4e1111111111c21a")).toBe("9f4e…c21a");
    expect(lawSentence(request.lawText)).toBe("GDPR art. 17");
  });

  it("know how much of the time is used", () => {
    expect(usedShare(request, new Date("2026-11-20T00:00:00Z"))).toBe(0);
    expect(usedShare(request, new Date("2027-01-20T00:00:00Z"))).toBe(1);
  });
});

describe("what may be done", () => {
  it("leads on by one button; planning anew stands back", () => {
    expect(acts(request)).toEqual({ main: "execute", others: ["plan"] });
    expect(acts({ ...request, plan: null, next: ["plan"] })).toEqual({ main: "plan", others: [] });
    expect(acts({ ...request, state: "verified", next: ["verify", "receipt", "close"] })).toEqual({ main: "receipt", others: ["verify", "close"] });
  });

  it("is offered as the server allows, and nothing else", () => {
    const onAsk = vi.fn();
    render(<Acts request={request} onAsk={onAsk} />);
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Set a hold", "Plan anew", "Execute the erasure"]);
    fireEvent.click(screen.getByRole("button", { name: "Set a hold" }));
    expect(onAsk).toHaveBeenCalledWith("hold");
  });

  it("asks for the number before it erases", () => {
    const run = vi.fn();
    render(<ActDialogs request={request} asked="execute" busy={false} onClose={() => {}} run={run} />);
    const button = screen.getByRole("button", { name: /^Erase 419\srows$/ });
    expect(button).toHaveProperty("disabled", true);
    fireEvent.change(screen.getByRole("textbox", { name: "Type 2026-0001 to go on" }), { target: { value: "2026-0001" } });
    fireEvent.click(button);
    expect(run).toHaveBeenCalledWith({ act: "execute" });
  });

  it("approves the hash that was shown", () => {
    const run = vi.fn();
    render(<ActDialogs request={request} asked="approve" busy={false} onClose={() => {}} run={run} />);
    fireEvent.click(screen.getByRole("button", { name: /^Approve 3\scollections/ }));
    expect(run).toHaveBeenCalledWith({ act: "approve", plan: "9f4e0000c21a" });
  });

  it("says where an approval is asked that nobody is told apart", () => {
    render(<ActDialogs request={{ ...request, approvalNote: "everybody is one identity" }} asked="approve" busy={false} onClose={() => {}} run={() => {}} />);
    expect(screen.getByText("everybody is one identity")).toBeTruthy();
  });

  it("accepts what was not searched with a reason, and says who did", () => {
    const [onAccept, run] = [vi.fn(), vi.fn()];
    const open = { name: "shop.hr.leads", column: "", reason: "row policy", detail: "", acceptedBy: "", acceptedBecause: "" };
    const view = render(<Exceptions list={[open, { ...open, name: "shop.hr.staff", acceptedBy: "sora", acceptedBecause: "looked at by hand" }]} onAccept={onAccept} />);
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["shop.hr.leads: row policy", "shop.hr.staff: row policy. Accepted by sora: looked at by hand"]);
    fireEvent.click(screen.getByRole("button", { name: /^Accept 1\sexception$/ }));
    expect(onAccept).toHaveBeenCalledOnce();
    view.unmount();
    render(<ActDialogs request={request} asked="accept" busy={false} onClose={() => {}} run={run} />);
    fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "sums alone" } });
    fireEvent.click(screen.getByRole("button", { name: "Accept" }));
    expect(run).toHaveBeenCalledWith({ act: "accept", reason: "sums alone" });
  });

  it("wants a reason for a hold", () => {
    render(<ActDialogs request={request} asked="hold" busy={false} onClose={() => {}} run={() => {}} />);
    expect(screen.getByRole("button", { name: "Set the hold" })).toHaveProperty("disabled", true);
  });
});

describe("a run that goes on without the page", () => {
  const run = { act: "plan", state: "running", step: "searching tables", done: 34, total: 210, started: "2026-11-20T08:00:00Z", ended: null, error: "" };

  it("says how many tables of how many are done, whoever began it", () => {
    render(<Progress run={run} />);
    expect(screen.getByLabelText("Progress of the plan").textContent).toContain("searching tables: 34 of 210");
    expect(runningAct({ run })).toBe("plan");
    expect(runShare(run)).toBeCloseTo(34 / 210);
    expect(runWords({ ...run, step: "following keys", done: 0, total: 0 })).toBe("following keys");
  });

  it("keeps its act from being begun twice", () => {
    render(<Acts request={{ ...request, run }} busy={runningAct({ run })} onAsk={vi.fn()} />);
    for (const button of screen.getAllByRole("button")) expect((button as HTMLButtonElement).disabled || button.getAttribute("aria-busy") === "true").toBe(true);
  });

  it("says why it did not succeed, and nothing once it did", () => {
    const { container, rerender } = render(<Progress run={{ ...run, state: "interrupted", error: "the process ended before it was done; start it again" }} />);
    expect(container.textContent).toContain("start it again");
    rerender(<Progress run={{ ...run, state: "ok" }} />);
    expect(container.textContent).toBe("");
  });
});

describe("changing a plan", () => {
  const editable: Request = { ...request, next: [...request.next, "edit", "reject", "extend", "withdraw"] };

  it("names the column, the law and the day in one change", () => {
    const run = vi.fn();
    const row = planRows(editable)[0];
    if (!row) throw new Error("no row");
    render(<EditDialog row={row} busy={false} onClose={() => undefined} run={run} />);
    const save = screen.getByRole("button", { name: "Change the plan" });
    expect(save).toHaveProperty("disabled", true);
    fireEvent.change(screen.getByLabelText("Where"), { target: { value: "email" } });
    fireEvent.change(screen.getByLabelText("The law that wants it kept"), { target: { value: " tax code 147 " } });
    fireEvent.change(screen.getByLabelText("Keep until"), { target: { value: "2036-12-31" } });
    fireEvent.click(save);
    expect(run).toHaveBeenCalledWith({ act: "edit", what: "retain", target: "urn:orders.email", ground: "tax code 147", until: "2036-12-31" });
  });

  it("is offered in the rows that are still to be done, to who may", () => {
    const { rerender } = render(<PlanTable rows={planRows(editable)} open={[]} onChange={() => undefined} />);
    expect(screen.getAllByRole("button", { name: /^Change what happens in/ })).toHaveLength(3);
    rerender(<PlanTable rows={planRows(editable)} open={[]} />);
    expect(screen.queryByRole("button", { name: /^Change what happens in/ })).toBeNull();
  });

  it("tells what was changed, and lets take in what may belong to the person", () => {
    const run = vi.fn();
    const plan = request.plan && { ...request.plan, possibleLinks: [{ dataset: "urn:leads", name: "shop.leads", column: "cust_id", to: "shop.customers", reason: "its name may mean that key" }] };
    const edits = [{ what: "retain", dataset: "urn:orders", name: "shop.orders", column: "iban", ground: "tax code 147", until: "2036-12-31", by: "Sora", at: "2026-11-20T08:00:00Z" }];
    const { container } = render(<Edits request={{ ...editable, plan, edits }} busy={false} run={run} />);
    expect(container.textContent).toContain("iban of shop.orders is kept until 2036-12-31: tax code 147");
    fireEvent.click(screen.getByRole("button", { name: "Take it in" }));
    expect(run).toHaveBeenCalledWith(takeIn("urn:leads"));
    fireEvent.click(screen.getByRole("button", { name: "Drop all changes" }));
    expect(run).toHaveBeenLastCalledWith(dropAll);
  });

  it("offers to extend, reject and end a request only where that may be done", () => {
    const ask = vi.fn();
    const { rerender } = render(<Clock request={editable} onAsk={ask} />);
    fireEvent.click(screen.getByRole("button", { name: /^Extend until/ }));
    expect(ask).toHaveBeenCalledWith("extend");
    rerender(<Clock request={request} onAsk={ask} />);
    expect(screen.queryByRole("button", { name: "Reject" })).toBeNull();
  });
});
