import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useKeys } from "~/shared/keys/useKeys";
import { undoLast } from "~/shared/ui/toasts";
import { furtherPlaces, places } from "./places";

interface Switch {
  open: boolean;
  show: () => void;
  hide: () => void;
}

/** The keys that work on every page, and the two sheets they open. */
export function useShellKeys(): { sheet: Switch; palette: Switch } {
  const sheet = useSwitch();
  const palette = useSwitch();
  const navigate = useNavigate();
  useKeys([
    { keys: "/", does: "Search", run: focusSearch },
    { keys: "Ctrl k", does: "Command palette", run: palette.show, inFields: true },
    { keys: "?", does: "All keys of this page", run: sheet.show },
    { keys: "Ctrl z", does: "Undo the last change", run: undoLast },
    ...[...places, ...furtherPlaces].map(({ word, keys, to }) => ({ keys, does: `Go to ${word}`, run: () => void navigate({ to }) })),
  ], true);
  return { sheet, palette };
}

function useSwitch(): Switch {
  const [open, setOpen] = useState(false);
  return useMemo(() => ({ open, show: () => setOpen(true), hide: () => setOpen(false) }), [open]);
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("[data-search] input");
  field?.focus();
  field?.select();
}
