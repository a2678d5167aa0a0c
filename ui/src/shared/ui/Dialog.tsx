import * as Radix from "@radix-ui/react-dialog";
import { useState, type ReactNode } from "react";
import { Button } from "./Button";
import { Field } from "./Field";
import "./Dialog.css";

/** A dialog over the page. Focus goes in, stays in, and returns to where it came from. */
export function Dialog({ open, onClose, title, children, actions }: { open: boolean; onClose: () => void; title: ReactNode; children: ReactNode; actions?: ReactNode }) {
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="dialog" aria-describedby={undefined}>
          <Radix.Title className="h3">{title}</Radix.Title>
          {children}
          {actions && <div className="row dialog-actions">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  /** The question, naming the object and the count: "Erase 451 rows of one person?" */
  title: string;
  /** Repeats the verb and the number: "Erase 451 rows". */
  act: string;
  run: () => void;
  busy?: boolean;
  /** What has to be typed before the greatest acts. */
  typed?: string;
  children: ReactNode;
}

/** Asks before what cannot be undone, and only then; everything else is done at once and offers Undo. */
export function Confirm({ open, onClose, title, act, run, busy = false, typed, children }: ConfirmProps) {
  const [text, setText] = useState("");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger-full" busy={busy} disabled={typed !== undefined && text.trim() !== typed} onClick={run}>
            {act}
          </Button>
        </>
      }
    >
      <div className="small soft">{children}</div>
      {typed !== undefined && <Field label={`Type ${typed} to go on`} value={text} onChange={setText} />}
    </Dialog>
  );
}
