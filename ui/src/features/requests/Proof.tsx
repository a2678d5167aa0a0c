import { number } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { Empty } from "~/shared/ui/states";
import { Timeline } from "~/shared/ui/Timeline";
import type { Request } from "./model";

const few = 8;

/** What the ledger says about the request, newest first, and the receipt. */
export function Proof({ request, all, onAll, onReceipt, busy }: { request: Request; all: boolean; onAll: () => void; onReceipt?: () => void; busy: boolean }) {
  const { trail, plan } = request;
  const lines = [...trail].reverse();
  const shown = all ? lines : lines.slice(0, few);
  return (
    <div className="proof">
      <div>
        {lines.length === 0 ? (
          <Empty head="Nothing is in the ledger yet">Each act is written there before it is done.</Empty>
        ) : (
          <Timeline
            happenings={shown.map(({ number: line, at, by, text }) => ({
              id: String(line),
              at,
              tone: toneOf(text),
              what: (
                <p>
                  {text} <span className="muted">{[by, number(line)].filter(Boolean).join(", ")}</span>
                </p>
              ),
            }))}
          />
        )}
        {lines.length > few && (
          <button type="button" className="link small" onClick={onAll}>
            {all ? "Show the newest alone" : `Show all ${number(lines.length)}`}
          </button>
        )}
      </div>
      <div className="stack wide">
        <dl className="facts">
          <dt>Ledger</dt>
          <dd>{lines.length === 0 ? "no line yet" : `${number(lines.length)} lines about this request, the last is number ${number(lines[0]?.number ?? 0)}`}</dd>
          {plan && (
            <>
              <dt>Plan</dt>
              <dd>
                <code className="whole-hash">{plan.hash}</code>
              </dd>
            </>
          )}
          <dt>Receipt</dt>
          <dd className={request.receipt ? "" : "muted"}>{request.receipt ? "given; it proves itself offline with waymark ledger verify" : "after the first clean look"}</dd>
        </dl>
        {(onReceipt || !request.receipt) && (
          <div className="row">
            <Button disabled={!onReceipt} busy={busy} onClick={onReceipt}>
              Receipt
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function toneOf(text: string): "bad" | "ok" | "plain" {
  if (/\b(failed|refused|residual|incomplete)\b/.test(text)) return "bad";
  return /\b(verified|erased|closed|result)\b/.test(text) ? "ok" : "plain";
}
