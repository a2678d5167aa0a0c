import { Button } from "./Button";
import { say } from "./toasts";

/** Copies a text and says so; what is copied is named in the toast. */
export function CopyButton({ text, what, children, small = false }: { text: string; what: string; children: string; small?: boolean }) {
  return (
    <Button icon="copy" small={small} onClick={() => void copyText(text, what)}>
      {children}
    </Button>
  );
}

/** Puts text on the clipboard and tells the reader, also when the browser refuses. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${what}.`);
  } catch {
    say(`The browser did not allow copying ${what}.`);
  }
}
