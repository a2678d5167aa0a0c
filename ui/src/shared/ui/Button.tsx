import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import "./Button.css";

/** How loud a button is: `go` once a page, `danger` for what cannot be undone. */
export interface ButtonLook {
  look?: "plain" | "ordinary" | "go" | "danger" | "danger-full";
  small?: boolean;
  square?: boolean;
}

/** The class names of a button, for links that look like one. */
export function buttonClass({ look = "ordinary", small = false, square = false }: ButtonLook = {}): string {
  return ["btn", `btn-${look}`, small && "btn-small", square && "btn-square"].filter(Boolean).join(" ");
}

type Props = ButtonLook & { icon?: IconName; busy?: boolean; children?: ReactNode } & ButtonHTMLAttributes<HTMLButtonElement>;

/** A button says what happens: a verb with its object. `busy` keeps its width and says so to readers. */
export function Button({ look, small, square, icon, busy = false, children, className = "", ...rest }: Props) {
  return (
    <button type="button" {...rest} className={`${buttonClass({ look, small, square })} ${className}`} aria-busy={busy || undefined} disabled={rest.disabled || busy}>
      {busy ? <span className="spin" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
