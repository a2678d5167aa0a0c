import { sentence } from "~/shared/format/name";
import { number } from "~/shared/format/number";
import { day, legalDate } from "~/shared/format/time";
import type { Asked } from "./Acts";
import { daysWords, usedShare, type Request } from "./model";
import { isEnded } from "./words";
import "~/shared/ui/charts.css";

/** By when it must be answered, how much of the time is used, and the sentence why it is that day. */
export function Clock({ request, onAsk }: { request: Request; onAsk: (asked: Asked) => void }) {
  const { daysLeft, due, dueBecause, state } = request;
  const late = daysLeft < 0;
  return (
    <div className="request-clock">
      <h2 className="q">Answer by</h2>
      {isEnded(state) ? (
        <p className="request-days">
          <span className="soft">{legalDate(due)}; the clock has stopped</span>
        </p>
      ) : (
        <p className={late ? "request-days bad" : "request-days"}>
          <b className="book">{number(Math.abs(daysLeft))}</b> {late ? `${Math.abs(daysLeft) === 1 ? "day" : "days"} late,` : daysLeft === 1 ? "day left" : "days left"} <span className="soft">until {legalDate(due)}</span>
        </p>
      )}
      <Line request={request} />
      <p className="small muted">{sentence(dueBecause)}.</p>
      <Ends request={request} onAsk={onAsk} />
    </div>
  );
}

/** How the time may be lengthened or the request ended without being carried out. */
function Ends({ request: { next, extendTo }, onAsk }: { request: Request; onAsk: (asked: Asked) => void }) {
  const ends = ([["extend", extendTo ? `Extend until ${legalDate(extendTo)}` : "Extend"], ["reject", "Reject"], ["withdraw", "Withdrawn by the subject"]] as const).filter(([act]) => next.includes(act));
  if (ends.length === 0) return null;
  return (
    <p className="request-ends small">
      {ends.map(([act, word]) => (
        <button key={act} type="button" className="link" onClick={() => onAsk(act)}>
          {word}
        </button>
      ))}
    </p>
  );
}

const width = 520;
const edge = 8;

/** From receipt to the due day, with today as the way mark. */
function Line({ request }: { request: Request }) {
  const { received, due, daysLeft } = request;
  const used = usedShare(request);
  const x = (share: number) => edge + share * (width - 2 * edge);
  const today = x(used);
  const left = used > 0.62;
  return (
    <svg className="clock-line" viewBox={`0 0 ${width} 66`} role="img" aria-label={`From ${day(received)} to ${day(due)}, ${daysWords(daysLeft)}`}>
      <rect className="clock-whole" x={x(0)} y={30} width={x(1) - x(0)} height={12} />
      <rect className="clock-used" x={x(0)} y={30} width={today - x(0)} height={12} />
      {[0.5, 0.75, 0.9].map((share) => (
        <g key={share}>
          <line className="chart-zero" x1={x(share)} x2={x(share)} y1={26} y2={46} />
          <text className="chart-text" x={x(share)} y={60} textAnchor="middle">
            {share * 100} %
          </text>
        </g>
      ))}
      <path className="chart-chosen" d={`M${today - 7} 10h14v10l-7 7-7-7z`} />
      <text className="chart-text clock-strong" x={today + (left ? -14 : 14)} y={20} textAnchor={left ? "end" : "start"}>
        today
      </text>
      <text className="chart-text" x={x(0)} y={60}>
        {day(received)}
      </text>
      {used < 0.86 && (
        <text className="chart-text clock-strong" x={x(1)} y={18} textAnchor="end">
          {day(due)}
        </text>
      )}
      <line className="clock-due" x1={x(1)} x2={x(1)} y1={24} y2={46} />
    </svg>
  );
}
