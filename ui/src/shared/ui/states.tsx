import { useEffect, useState, type ReactNode } from "react";
import { Button } from "./Button";
import "./states.css";

/** What a list says when it has no rows: what would be here, why it is not, the next step. */
export function Empty({ head, children, actions }: { head: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="state">
      <p className="state-head">{head}</p>
      {children && <div className="state-text">{children}</div>}
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}

/** More than is shown: how many there are, and how to narrow them. */
export function TooMany({ head, children, actions }: { head: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return <Empty head={head} actions={actions}>{children}</Empty>;
}

/** What did not happen, why, what is kept, what to do, and the request's number. Never internal text. */
export function Failed({ head, why, requestId, onRetry }: { head: string; why: string; requestId?: string; onRetry?: () => void }) {
  return (
    <div className="state" role="alert">
      <p className="state-head bad">{head}</p>
      <div className="state-text">
        <p>{why}</p>
        {requestId && <p className="muted">Request {requestId}</p>}
      </div>
      {onRetry && (
        <Button small onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Nothing for 150 ms, then still grey bars in the shape of the rows; after 5 s words, and Stop. */
export function Loading({ rows = 6, what, onStop }: { rows?: number; what: string; onStop?: () => void }) {
  const seconds = useSeconds();
  const shown = useLater(150);
  return (
    <div className="loading" aria-busy="true" aria-live="polite">
      <span className="vh">Loading {what}</span>
      {shown && Array.from({ length: rows }, (_, row) => <span key={row} className="bone" style={{ width: `${72 - ((row * 17) % 31)}%` }} />)}
      {seconds >= 5 && (
        <p className="small soft row">
          Still loading {what}, {seconds}&nbsp;s
          {onStop && (
            <Button small onClick={onStop}>
              Stop
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function useLater(ms: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return later;
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
