import { bench, describe } from "vitest";
import { collapse } from "./collapse";
import { planOf } from "./measure";
import { graphOf } from "./model";
import { place } from "./place";
import { estate } from "./sample";

const none = new Set<string>();
const filter = { indirect: true, stale: true, refuted: true };
const answer = estate(10_000);
const graph = graphOf(answer, undefined, filter, false);
const view = collapse(graph, none, none);
const plan = planOf(view, none, none);

describe("10,000 assets", () => {
  bench("answer to graph", () => void graphOf(answer, undefined, filter, false));
  bench("graph to at most 200 boxes", () => void collapse(graph, none, none));
  bench(`layout of ${plan.boxes.length} boxes and ${plan.links.length} lines`, () => void place(plan));
});
