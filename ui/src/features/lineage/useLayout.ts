import { useEffect, useRef, useState } from "react";
import { ranked, settle, type Plan, type Spot, type Spots } from "./layout";

/** A layout that takes longer is given up for the plain one. */
const patience = 2_000;

/** Lays a plan out in a worker; until the first answer there are no places. Boxes keep their place while `root` stays. */
export function useLayout(plan: Plan, root: string): ReadonlyMap<string, Spot> | null {
  const [placed, place] = useState<{ root: string; spots: ReadonlyMap<string, Spot> } | null>(null);
  const before = useRef(placed);
  const shape = JSON.stringify(plan);
  useEffect(() => {
    before.current = placed;
  });
  useEffect(() => {
    const wanted: Plan = JSON.parse(shape);
    const show = (spots: Spots) => {
      const kept = before.current?.root === root ? before.current.spots : new Map<string, Spot>();
      place({ root, spots: new Map(settle(wanted, spots, kept)) });
    };
    return arrange(wanted, show);
  }, [shape, root]);
  return placed?.root === root ? placed.spots : null;
}

/** Asks a worker, and falls back when it fails or takes too long; the answer stops it. */
function arrange(plan: Plan, show: (spots: Spots) => void): () => void {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  const stop = () => {
    clearTimeout(timer);
    worker.terminate();
  };
  const plain = () => {
    stop();
    show(ranked(plan));
  };
  const timer = setTimeout(plain, patience);
  worker.onerror = plain;
  worker.onmessage = (event: MessageEvent<Spots>) => {
    stop();
    show(event.data);
  };
  worker.postMessage(plan);
  return stop;
}
