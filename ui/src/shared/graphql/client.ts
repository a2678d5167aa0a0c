import { ApiError, type ErrorCode } from "./errors";
import type { Operation } from "./operation";
import { actingAs } from "./person";

interface Reply<Answer> {
  data?: Answer | null;
  errors?: { message: string; extensions?: { code?: ErrorCode; requestId?: string } }[];
}

/** Asks the server one operation. A refusal, also a partial one, is an ApiError with its kind. */
export async function ask<Answer, Variables>(operation: Operation<Answer, Variables>, variables: Variables, signal?: AbortSignal): Promise<Answer> {
  const reply = await post<Answer>(JSON.stringify({ query: operation.text, variables }), signal);
  const first = reply.errors?.[0];
  if (first) throw new ApiError(first.extensions?.code ?? "INTERNAL", first.message, first.extensions?.requestId);
  if (!reply.data) throw new ApiError("INTERNAL", "The server gave no answer.");
  return reply.data;
}

async function post<Answer>(body: string, signal?: AbortSignal): Promise<Reply<Answer>> {
  const person = actingAs.now();
  const headers: Record<string, string> = { "Content-Type": "application/json", Accept: "application/json" };
  if (person) headers["X-Waymark-As"] = person;
  let response: Response;
  try {
    response = await fetch("/graphql", { method: "POST", headers, body, signal, credentials: "same-origin" });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("UNAVAILABLE", "The server did not answer.");
  }
  return parse<Answer>(response);
}

async function parse<Answer>(response: Response): Promise<Reply<Answer>> {
  try {
    const reply: Reply<Answer> = await response.json();
    return reply;
  } catch {
    throw new ApiError(response.status === 401 || response.status === 403 ? "DENIED" : "UNAVAILABLE", `The server answered ${response.status}.`);
  }
}
