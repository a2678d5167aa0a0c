import type { Answered, Asked } from "./arrange";
import { place } from "./place";

/** Lays plans out beside the page's own thread. */
self.onmessage = ({ data: { id, plan } }: MessageEvent<Asked>) => {
  const answer: Answered = { id, spots: place(plan) };
  self.postMessage(answer);
};
