import * as Radix from "@radix-ui/react-popover";
import { useState, type ReactNode } from "react";
import { buttonClass } from "./Button";
import { Icon } from "./Icon";
import "./Popover.css";

/** A button whose few fields open under it. The word says what holds now: "As of today". */
export function Popover({ word, label, on = false, children }: { word: ReactNode; label: string; on?: boolean; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger className={on ? `${buttonClass()} popover-on` : buttonClass()}>
        {word} <Icon name="down" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu popover" aria-label={label} align="end" sideOffset={6} collisionPadding={8}>
          {children(() => setOpen(false))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
