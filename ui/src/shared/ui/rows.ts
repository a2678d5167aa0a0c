import { useState } from "react";
import { useKeys } from "~/shared/keys/useKeys";

/** Walks a list by j and k or the arrows, opens with Enter, explains with e. The page may keep the chosen row in its address. */
export function useRows({ size, onOpen, onChoose, at }: { size: number; onOpen?: (row: number) => void; onChoose?: (row: number) => void; at?: number }): [chosen: number, choose: (row: number) => void] {
  const [inner, setInner] = useState(-1);
  const chosen = at ?? inner;
  const choose = (row: number) => {
    setInner(row);
    onChoose?.(row);
  };
  const step = (by: number) => size > 0 && choose(Math.min(size - 1, Math.max(0, chosen + by)));
  useKeys([
    { keys: "j, ArrowDown", does: "Next row", run: () => void step(1) },
    { keys: "k, ArrowUp", does: "Previous row", run: () => void step(-1) },
    { keys: "Enter", does: "Open the row", run: () => chosen >= 0 && onOpen?.(chosen) },
  ]);
  return [chosen, choose];
}
