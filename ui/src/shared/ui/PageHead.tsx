import type { ReactNode } from "react";
import "./PageHead.css";

/** The top of a page: path, headword, standing below it, and actions at the right. */
export function PageHead({ crumbs, title, marks, actions }: { crumbs?: ReactNode; title: ReactNode; marks?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="page-head">
      <div className="page-head-words">
        {crumbs}
        <h1 className="title">{title}</h1>
        {marks && <div className="row wide page-marks">{marks}</div>}
      </div>
      {actions && <div className="row page-actions no-print">{actions}</div>}
    </div>
  );
}
