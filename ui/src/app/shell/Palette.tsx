import * as Radix from "@radix-ui/react-dialog";
import { useNavigate } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import { registered } from "~/shared/keys/registry";
import { Combobox } from "~/shared/ui/Combobox";
import { paletteGroups } from "./paletteGroups";
import "./Palette.css";

/** Ctrl K: what can be done on this page, then places, then the search for what was typed. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="palette" aria-describedby={undefined}>
          <Radix.Title className="vh">Command palette</Radix.Title>
          <PaletteField onClose={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteField({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const commands = useSyncExternalStore(registered.subscribe, registered.now);
  const navigate = useNavigate();
  const search = () => {
    onClose();
    void navigate({ to: "/search", search: { q: text } });
  };
  const groups = paletteGroups(commands, text, (run) => {
    onClose();
    run();
  });
  if (text.trim()) groups.push({ head: "Search", options: [{ id: "search", content: `Search for “${text.trim()}”`, pick: search }] });
  return <Combobox label="Command or search" value={text} onChange={setText} groups={groups} onSubmit={text.trim() ? search : undefined} placeholder="What to do, or what to find" open autoFocus />;
}
