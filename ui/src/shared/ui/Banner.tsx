import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import "./Banner.css";

type Tone = "quarantine" | "late" | "unknown" | "good" | "plain";

const icons: Record<Tone, IconName> = { quarantine: "stop", late: "warn", unknown: "clock", good: "check", plain: "warn" };

/** What a reader must know first. At most one stands on a page, above the headword. */
export function Banner({ tone, head, children, actions }: { tone: Tone; head: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={`banner ${tone}-banner`} role="region" aria-label="Notice">
      <Icon name={icons[tone]} />
      <div>
        <p className="banner-head">{head}</p>
        {children && <p className="banner-text">{children}</p>}
      </div>
      {actions && <div className="row tight no-print">{actions}</div>}
    </div>
  );
}
