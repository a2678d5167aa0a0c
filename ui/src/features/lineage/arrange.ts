import { ranked, type Plan, type Spots } from "./layout";

/** A layout that takes longer is given up for the plain one. */
const patience = 2_000;

/** What the worker is sent, and what it answers: the number tells whose answer it is. */
export interface Asked {
  id: number;
  plan: Plan;
}
export interface Answered {
  id: number;
  spots: Spots;
}

let worker: Worker | undefined;
let last = 0;

/** Starts the worker, so that it is there when the first plan comes. */
export function warm(): void {
  worker ??= new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
}

/**
 * Lays a plan out in a worker, which stays for the next one; falls back to the plain layout when the worker
 * fails or takes too long. What is answered takes the wish back.
 */
export function arrange(plan: Plan, show: (spots: Spots) => void): () => void {
  const id = ++last;
  warm();
  const asked = worker;
  const done = new AbortController();
  const give = (spots: Spots) => {
    stop();
    show(spots);
  };
  const fail = () => {
    asked?.terminate(); // it may be busy for long
    if (worker === asked) worker = undefined;
    give(ranked(plan));
  };
  const timer = setTimeout(fail, patience);
  const stop = () => {
    clearTimeout(timer);
    done.abort();
  };
  asked?.addEventListener("error", fail, { signal: done.signal });
  asked?.addEventListener("message", ({ data }: MessageEvent<Answered>) => data.id === id && give(data.spots), { signal: done.signal });
  const wish: Asked = { id, plan };
  asked?.postMessage(wish);
  return stop;
}
