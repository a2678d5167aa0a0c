import type { Request } from "./model";
import { useReveal } from "./queries";

/** Whom it is about: masked, until somebody who may asks to see it; that they did is in the ledger. */
export function Subject({ request }: { request: Request }) {
  const reveal = useReveal(request.id);
  const keys = reveal.data?.revealSubject ?? request.subject;
  return (
    <>
      Subject{" "}
      {keys.map(({ key, value }, index) => (
        <span key={key + value}>
          {index > 0 && ", "}
          {key !== "email" && `${key} `}
          <code className="request-subject">{value}</code>
        </span>
      ))}
      .{" "}
      {reveal.data ? (
        <button type="button" className="link" onClick={() => reveal.reset()}>
          Hide
        </button>
      ) : (
        request.next.includes("reveal") && (
          <>
            <button type="button" className="link" disabled={reveal.isPending} onClick={() => reveal.mutate()}>
              Show
            </button>{" "}
            <span className="small muted">(showing is written to the ledger)</span>
          </>
        )
      )}
    </>
  );
}
