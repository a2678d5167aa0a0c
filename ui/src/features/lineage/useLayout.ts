import { useEffect, useRef, useState } from "react";
import { arrange } from "./arrange";
import { settle, type Plan, type Spot } from "./layout";

/** Lays a plan out beside the page's own thread; until the first answer there are no places. Boxes keep their place while `root` stays. */
export function useLayout(plan: Plan, root: string): ReadonlyMap<string, Spot> | null {
  const [placed, place] = useState<{ root: string; spots: ReadonlyMap<string, Spot> } | null>(null);
  const before = useRef(placed);
  const shape = JSON.stringify(plan);
  useEffect(() => {
    before.current = placed;
  });
  useEffect(() => {
    const wanted: Plan = JSON.parse(shape);
    return arrange(wanted, (spots) => {
      const kept = before.current?.root === root ? before.current.spots : new Map<string, Spot>();
      place({ root, spots: new Map(settle(wanted, spots, kept)) });
    });
  }, [shape, root]);
  return placed?.root === root ? placed.spots : null;
}
