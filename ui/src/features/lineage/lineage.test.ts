import { describe, expect, it } from "vitest";
import { compared, endOf, modeOf, question, reachWords } from "./address";
import { bucket, collapse } from "./collapse";
import { csvOf } from "./csv";
import { curve } from "./draw";
import { lookAt, ranked, settle, type Plan, type Spot } from "./layout";
import { planOf, shownColumns } from "./measure";
import { circleWords, counts, doubtWords, endName, graphOf, howWords, withWord } from "./model";
import { route, traced } from "./path";
import { estate, hub, revenue } from "./sample";
import { spans } from "./span";
import { walk } from "./walk";

const all = { indirect: true, stale: true, refuted: true };
const none = new Set<string>();

describe("the address", () => {
  it("shows columns when one is traced, unless tables are asked for", () => {
    expect(modeOf({})).toBe("tables");
    expect(modeOf({ col: "net" })).toBe("columns");
    expect(modeOf({ col: "net", mode: "tables" })).toBe("tables");
  });

  it("asks three steps both ways when nothing is said, and all when all is said", () => {
    expect(question("u", {})).toEqual({ id: "u", column: null, direction: "BOTH", depth: 3, columns: false, first: 1_000, asOf: undefined, refuted: false });
    expect(question("u", { col: "net", dir: "up", steps: "all" })).toMatchObject({ id: "u", column: "net", direction: "UP", depth: 0, columns: true, first: 10_000 });
    expect(question("u", { many: "yes" })).toMatchObject({ depth: 3, first: 10_000 });
    expect(question("u", { steps: "many" }).depth).toBe(3);
    expect(reachWords({ dir: "up", steps: "1" })).toBe("1 step up");
  });
});

describe("the past", () => {
  it("is asked for as of the end of a day; today and later are now", () => {
    expect(question("u", { at: "2026-01-31" }).asOf).toBe(new Date("2026-01-31T23:59:59").toISOString());
    expect([endOf("2999-01-01"), endOf("someday"), endOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  it("is compared from the earlier day to the later, whichever was named first", () => {
    const [early, late] = [endOf("2026-01-01"), endOf("2026-02-01")];
    expect(compared({ at: "2026-02-01", since: "2026-01-01" })).toEqual({ from: early, to: late });
    expect(compared({ at: "2026-01-01", since: "2026-02-01" })).toEqual({ from: early, to: late });
    expect(compared({ since: "2026-01-01" })).toEqual({ from: early, to: undefined });
    expect(compared({ at: "2026-01-01" })).toBeUndefined();
  });
});

describe("doubt", () => {
  it("is said in words beside the drawing", () => {
    expect(doubtWords({ stale: true, disputed: true, refuted: { by: "Ana Ruiz", reason: "never ran", at: "2026-11-01T00:00:00Z" } })).toEqual(["refuted by Ana Ruiz", "disputed by its source", "stale"]);
    expect(doubtWords({ stale: false, disputed: false, refuted: null })).toEqual([]);
  });

  it("takes a refuted step out of the graph, unless it is asked for", () => {
    const word = { by: "Ana Ruiz", reason: "never ran", at: "2026-11-01T00:00:00Z" };
    const answer = withWord({ ...revenue(), columns: [] }, "urn:raw.users", "urn:analytics.stg", word);
    expect(graphOf(answer, undefined, { ...all, refuted: false }).nodes.map((each) => each.name)).not.toContain("users");
    expect(graphOf(answer, undefined, all).edges.filter((edge) => edge.refuted).map((edge) => edge.from)).toEqual(["urn:raw.users"]);
    expect(withWord(answer, "urn:raw.users", "urn:analytics.stg", null)).toEqual({ ...revenue(), columns: [] });
  });

  it("marks assets that feed each other or themselves", () => {
    expect([circleWords({ cycle: 3, feedsItself: false }), circleWords({ cycle: 0, feedsItself: true }), circleWords({ cycle: 0, feedsItself: false })]).toEqual(["3 assets feed each other in a circle", "made from itself too", ""]);
  });
});

describe("the model", () => {
  it("joins columns where they are known and tables where they are not", () => {
    const graph = graphOf({ ...revenue(), columns: revenue().columns.slice(0, 2) }, undefined, all);
    expect(graph.edges.map((edge) => [edge.from, edge.to, edge.how])).toEqual([
      ["urn:analytics.stg", "urn:analytics.revenue", "aggregation"],
      ["urn:raw.payments", "urn:analytics.stg", "identity"],
      ["urn:raw.users", "urn:analytics.stg", "table"],
      ["urn:analytics.revenue", "urn:analytics.board", "table"],
    ]);
  });

  it("leaves out what only steers, and what then hangs on nothing", () => {
    const graph = graphOf(revenue(), "net", { indirect: false, stale: true, refuted: true });
    expect(graph.nodes.map((each) => each.name)).not.toContain("users");
    expect(graph.edges.every((edge) => edge.how !== "indirect")).toBe(true);
  });

  it("leaves out what was not seen for long", () => {
    expect(graphOf(revenue(), "net", { indirect: true, stale: false, refuted: true }).nodes.map((each) => each.name)).not.toContain("board");
  });

  it("keeps columns in the table's own order, with what is personal", () => {
    const stg = graphOf(revenue(), undefined, all).nodes.find((each) => each.name === "stg");
    expect(stg?.columns.map(({ name, mark }) => [name, mark?.label])).toEqual([
      ["cents", undefined],
      ["email", "e-mail"],
    ]);
  });

  it("counts without names what the reader may not see", () => {
    const answer = revenue();
    const hidden = graphOf({ ...answer, nodes: answer.nodes.map((each) => (each.id === "urn:raw.payments" ? { ...each, asset: null } : each)) }, "net", all);
    expect(endName(hidden.nodes.find((each) => each.id === "urn:raw.payments"), undefined)).toBe("1 table");
  });

  it("draws one line between two columns: a value that flows before one that steers", () => {
    const answer = revenue();
    const twice = [...answer.columns, { ...answer.columns[1], type: "INDIRECT", subtype: "FILTER" } as (typeof answer.columns)[number]];
    const graph = graphOf({ ...answer, columns: [...twice].reverse() }, undefined, all);
    expect(graph.edges.filter((edge) => edge.fromColumn === "amount").map((edge) => edge.how)).toEqual(["identity"]);
  });

  it("says how much stands up and down", () => {
    expect(counts(graphOf(revenue(), "net", { indirect: false, stale: true, refuted: true }))).toEqual({ up: 2, down: 1, sources: 2 });
    expect(howWords({ how: "indirect", subtype: "join", candidate: true })).toBe("indirect, join, one of several");
  });
});

describe("the path", () => {
  it("is every step by which the traced value comes and goes, not what steers or passes beside", () => {
    const graph = graphOf(revenue(), "net", all);
    const path = traced(graph);
    expect(graph.edges.filter((edge) => path.has(edge.id)).map((edge) => `${edge.fromColumn}>${edge.toColumn}`).sort()).toEqual(["amount>cents", "cents>net", "net>net"]);
  });

  it("leads from the root to the chosen step when no column is traced", () => {
    const graph = graphOf({ ...revenue(), columns: [] }, undefined, all);
    const chosen = graph.edges.find((edge) => edge.from === "urn:raw.payments");
    expect([...traced(graph, chosen)].sort()).toEqual(["urn:analytics.stg>urn:analytics.revenue", "urn:raw.payments>urn:analytics.stg"]);
    expect(traced(graph).size).toBe(0);
  });

  it("is a way from the farthest source to the farthest end", () => {
    const stops = route(graphOf(revenue(), "net", all));
    expect(stops.map((stop) => stop.column)).toEqual(["amount", "cents", "net", "net"]);
    expect(stops.at(-1)?.step).toBeUndefined();
  });

  it("goes from table to table when no column is traced, also where columns are known", () => {
    expect(route(graphOf(revenue(), undefined, all)).map(({ node: id, column }) => [id, column])).toEqual([
      ["urn:raw.payments", undefined],
      ["urn:analytics.stg", undefined],
      ["urn:analytics.revenue", undefined],
      ["urn:analytics.board", undefined],
    ]);
  });

  it("ends in a circle", () => {
    const answer = revenue();
    const back = { ...answer, edges: [...answer.edges, { ...answer.edges[0], from: "urn:analytics.revenue", to: "urn:raw.payments" } as (typeof answer.edges)[number]], columns: [] };
    expect(route(graphOf(back, undefined, all)).length).toBeLessThan(10);
  });
});

describe("collapsing", () => {
  it("piles up the least used of one schema at one distance", () => {
    const view = collapse(graphOf(hub(11), undefined, all), none, none);
    expect(view.groups.map((group) => group.members.length)).toEqual([5]);
    expect(view.nodes.map((each) => each.name)).toEqual(["hub", "t0000", "t0001", "t0002", "t0003", "t0004", "t0005"]);
    expect(view.lines.filter((line) => line.to === view.groups[0]?.id).map((line) => line.steps.length)).toEqual([5]);
  });

  it("opens a pile when asked", () => {
    const graph = graphOf(hub(11), undefined, all);
    const [group] = collapse(graph, none, none).groups;
    expect(collapse(graph, none, new Set([group?.id ?? ""])).groups).toEqual([]);
  });

  it("never draws more than it may, but always the root and the path; an opened pile shows what has room", () => {
    const graph = graphOf(hub(900), undefined, all);
    const path = new Set(["urn:analytics.hub>urn:adhoc.t0899"]);
    const view = collapse(graph, path, new Set(graph.nodes.map(bucket)));
    expect(view.nodes.length + view.groups.length).toBe(200);
    expect(view.nodes.map((each) => each.name)).toEqual(["hub", ...Array.from({ length: 197 }, (_, index) => `t${String(index).padStart(4, "0")}`), "t0899"]);
    expect(view.groups.map((group) => group.members.length)).toEqual([702]);
  });

  it("makes two hundred of ten thousand, by schema and distance, and loses none", () => {
    const graph = graphOf(estate(10_000), undefined, all);
    expect(graph.nodes).toHaveLength(10_001);
    const view = collapse(graph, none, none);
    expect(view.nodes.length + view.groups.length).toBeLessThanOrEqual(200);
    expect(view.nodes.length + view.groups.reduce((sum, group) => sum + group.members.length, 0)).toBe(10_001);
    expect(new Set(view.groups.map((group) => `${group.place} ${group.depth}`)).size).toBe(100);
    const one = new Set([view.groups[42]?.id ?? ""]);
    const opened = collapse(graph, none, one);
    expect(opened.nodes.length + opened.groups.length).toBe(200);
    expect(opened.nodes.filter((each) => one.has(bucket(each))).length).toBeGreaterThan(90);
    expect(new Set(planOf(opened, none, none).boxes.map((box) => box.id)).size).toBe(200);
    expect(counts(graph)).toEqual({ up: 5000, down: 5000, sources: 1000 });
  });
});

describe("the layout", () => {
  const boxes = ["a", "b", "c"].map((id, rank) => ({ id, rank: rank - 1, width: 200, height: 50 }));
  const plan: Plan = { boxes, links: [] };

  it("falls back to columns by distance, on the grid", () => {
    const spots = ranked(plan);
    expect(spots.map(([id, { x }]) => [id, x])).toEqual([
      ["a", 0],
      ["b", 260],
      ["c", 540],
    ]);
    expect(spots.every(([, { x, y }]) => x % 20 === 0 && Math.abs(y % 20) === 0)).toBe(true);
  });

  it("keeps what stood, and puts what is new where there is room", () => {
    const before = new Map<string, Spot>([
      ["a", { x: 0, y: 0 }],
      ["b", { x: 300, y: 0 }],
    ]);
    const more: Plan = { boxes: [...boxes.slice(0, 2), { id: "d", rank: 0, width: 200, height: 50 }], links: [] };
    const settled = new Map(settle(more, [["a", { x: 40, y: 40 }], ["b", { x: 340, y: 40 }], ["d", { x: 340, y: 0 }]], before));
    expect(settled.get("a")).toEqual({ x: 0, y: 0 });
    expect(settled.get("d")?.x).toBe(300);
    expect(Math.abs(settled.get("d")?.y ?? 0)).toBeGreaterThanOrEqual(78);
  });

  it("looks at the root, but not at empty paper while there are boxes on the other side", () => {
    const spots = new Map(ranked(plan));
    expect(lookAt(plan, spots, "b", { width: 300, height: 300 }).x).toBe(360);
    expect(lookAt(plan, spots, "c", { width: 300, height: 300 }).x).toBe(740 - 150 + 20);
    expect(lookAt(plan, spots, "a", { width: 5000, height: 300 }).x).toBe(370);
  });

  it("makes room for the columns that a node shows", () => {
    const view = collapse(graphOf(revenue(), "net", all), none, none);
    const box = planOf(view, none, none).boxes.find((each) => each.id === "urn:analytics.stg");
    expect(box?.height).toBe(48 + 2 * 22 + 9);
    const wide = graphOf(revenue(), undefined, all).nodes[1];
    const columns = Array.from({ length: 30 }, (_, index) => ({ name: `c${index}` }));
    expect(wide && shownColumns({ ...wide, columns }, new Set([`${wide.id}#c29`]), false)).toMatchObject({ more: 18 });
    expect(wide && shownColumns({ ...wide, columns }, new Set([`${wide.id}#c29`]), false).shown.at(-1)?.name).toBe("c29");
  });

  it("draws curves that leave and arrive level", () => {
    expect(curve({ x: 0, y: 0 }, { x: 100, y: 50 })).toMatchObject({ path: "M0 0C45 0 55 50 100 50", middle: { x: 50, y: 25 } });
  });
});

describe("the keyboard in the drawing", () => {
  const view = collapse(graphOf(revenue(), "net", all), none, none);
  const spots = new Map(view.nodes.map((each, index) => [each.id, { x: each.depth * 300, y: index * 100 }]));

  it("walks down the columns and along a step", () => {
    const down = walk(view, spots, { id: "urn:analytics.revenue" }, "ArrowDown");
    expect(down).toEqual({ id: "urn:analytics.revenue", column: "net" });
    expect(walk(view, spots, down, "ArrowLeft")).toEqual({ id: "urn:analytics.stg", column: "cents" });
    expect(walk(view, spots, down, "ArrowUp")).toEqual({ id: "urn:analytics.revenue" });
  });

  it("goes on to the next node of the column, and stays where there is none", () => {
    expect(walk(view, spots, { id: "urn:raw.users" }, "ArrowUp")).toEqual({ id: "urn:raw.payments" });
    expect(walk(view, spots, { id: "urn:raw.payments" }, "ArrowLeft")).toEqual({ id: "urn:raw.payments" });
  });
});

describe("the statement", () => {
  const sql = "INSERT INTO revenue\nSELECT day, SUM(s.cents) AS net\nFROM stg s";

  it("is marked where it says so, however it is spaced", () => {
    const [span] = spans(sql, { expression: "sum( s.cents )".replace(/ /g, "") }, []);
    expect(span && sql.slice(span.start, span.end)).toBe("SUM(s.cents)");
  });

  it("is marked at the column, else at the tables", () => {
    expect(spans(sql, { expression: "gone", fromColumn: "cents" }, []).map(({ start, end }) => sql.slice(start, end))).toEqual(["cents"]);
    expect(spans(sql, { expression: "" }, ["stg", "revenue"]).map(({ start, end }) => sql.slice(start, end))).toEqual(["revenue", "stg"]);
  });
});

describe("the file", () => {
  it("holds every step, quoted where needed and never as a formula", () => {
    const answer = revenue();
    const odd = { ...answer, columns: [{ ...answer.columns[0], expression: '=sum("a", b)' } as (typeof answer.columns)[number]] };
    const [head, first] = csvOf(graphOf(odd, "net", all), none).split("\r\n");
    expect(head).toBe("from,to,how,evidence,confidence,on the path,doubt,expression");
    expect(first).toBe(`analytics.stg.cents,analytics.revenue.net,aggregation,query log,0.950,,,"'=sum(""a"", b)"`);
  });

});
