import type { ReactNode } from "react";
import { Icon } from "./Icon";
import "./Seal.css";

/** The green seal of certification: who, and until when. */
export function Seal({ children }: { children: ReactNode }) {
  return (
    <span className="seal">
      <Icon name="seal" />
      <span>{children}</span>
    </span>
  );
}

/** A badge is earned; most things carry none. `tone` follows the meaning of the word, never decoration. */
export function Tag({ children, tone = "plain" }: { children: ReactNode; tone?: "plain" | "late" | "bad" | "ok" | "solid" | "unknown" }) {
  return <span className={`tag ${tone}-tag`}>{tone === "unknown" ? <span>{children}</span> : children}</span>;
}
