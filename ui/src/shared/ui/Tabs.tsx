import * as Radix from "@radix-ui/react-tabs";
import { useEffect, useRef, type ReactNode } from "react";
import { useKeys } from "~/shared/keys/useKeys";
import "./Tabs.css";

/** One tab: its word, what it counts (0 is a count), and what it shows. */
export interface TabItem {
  id: string;
  word: string;
  count?: ReactNode;
  panel: () => ReactNode;
}

/** Tabs with counts. Which one is chosen is the address's business, so the page keeps it there; `[` and `]` walk. */
export function Tabs({ items, chosen, onChoose, label }: { items: TabItem[]; chosen: string; onChoose: (id: string) => void; label: string }) {
  const at = Math.max(0, items.findIndex((item) => item.id === chosen));
  const walk = (step: number) => {
    const next = items[(at + step + items.length) % items.length];
    if (next) onChoose(next.id);
  };
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = bar.current?.children[at];
    if (bar.current && tab instanceof HTMLElement) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.clientWidth) / 2;
  }, [at]);
  useKeys([
    { keys: "[", does: "Previous tab", run: () => walk(-1) },
    { keys: "]", does: "Next tab", run: () => walk(1) },
  ]);
  return (
    <Radix.Root value={items[at]?.id} onValueChange={onChoose} activationMode="manual">
      <Radix.List ref={bar} className="tabs clips" aria-label={label}>
        {items.map((item) => (
          <Radix.Trigger key={item.id} value={item.id} className="tab">
            {item.word}
            {item.count !== undefined && <span className="tab-count">{item.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} className="tab-panel">
          {item.panel()}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
