/** The kinds of error that the server tells apart. */
export type ErrorCode = "NOT_FOUND" | "INVALID" | "CONFLICT" | "DENIED" | "UNAVAILABLE" | "CORRUPT" | "INTERNAL";

/** A refusal of the server, with its kind and the number of the request for those who look into logs. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

const kept: Record<ErrorCode, string> = {
  NOT_FOUND: "There is nothing under this name that you may see.",
  INVALID: "Nothing was changed.",
  CONFLICT: "Somebody was faster. Nothing was changed; look at what stands there now.",
  DENIED: "Your roles do not allow it. Nothing was changed.",
  UNAVAILABLE: "What you see stays as it was. Try again in a moment.",
  CORRUPT: "A stored value failed its checksum, so it is not shown. Someone who runs the server can repair it with waymark fsck.",
  INTERNAL: "Nothing was changed. The number below finds it in the server's log.",
};

/** An error in words: what was said, then what it means for the reader. Internal text is never shown. */
export function explain(error: unknown): { why: string; requestId?: string; code: ErrorCode } {
  if (!(error instanceof ApiError)) return { why: kept.INTERNAL, code: "INTERNAL" };
  const said = error.code === "INTERNAL" || error.code === "CORRUPT" ? "" : `${sentence(error.message)} `;
  return { why: said + kept[error.code], requestId: error.requestId, code: error.code };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const upper = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
