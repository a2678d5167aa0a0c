/** A short message at the foot of the page; with `undo`, the way back from what was just done. */
export interface Toast {
  id: number;
  text: string;
  undo?: () => void;
  /** A lost save interrupts the reader; everything else waits its turn. */
  urgent?: boolean;
}

let next = 1;
let shown: Toast[] = [];
const listeners = new Set<() => void>();

function change(toasts: Toast[]): void {
  shown = toasts;
  listeners.forEach((listener) => listener());
}

/** Says something for eight seconds. Edits apply at once and say so here, with Undo. */
export function say(text: string, more: Pick<Toast, "undo" | "urgent"> = {}): void {
  change([...shown.slice(-2), { id: next++, text, ...more }]);
}

/** Takes a message away, because its time is over or the reader closed it. */
export function dismiss(id: number): void {
  change(shown.filter((toast) => toast.id !== id));
}

/** Undoes the newest thing that can be undone; Ctrl Z does this. */
export function undoLast(): boolean {
  const last = shown.findLast((toast) => toast.undo);
  if (!last) return false;
  dismiss(last.id);
  last.undo?.();
  return true;
}

/** The messages now on the page, for useSyncExternalStore. */
export const toasts = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  now: (): Toast[] => shown,
};
