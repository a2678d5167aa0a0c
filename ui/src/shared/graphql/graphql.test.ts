import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "./client";
import { ApiError, explain } from "./errors";
import { operation } from "./operation";
import { actingAs } from "./person";

const me = operation<{ me: string }, Record<string, never>>("query Me { me }");

function answer(body: unknown, status = 200): void {
  vi.stubGlobal("fetch", vi.fn(async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status })));
}

describe("asking", () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it("gives the data", async () => {
    answer({ data: { me: "mina" } });
    expect(await ask(me, {})).toEqual({ me: "mina" });
  });

  it("says whom the reader chose to be", async () => {
    answer({ data: { me: "x" } });
    actingAs.become("nora");
    await ask(me, {});
    const call = vi.mocked(fetch).mock.calls[0];
    expect(new Headers(call?.[1]?.headers).get("X-Waymark-As")).toBe("nora");
  });

  it.each([
    [{ errors: [{ message: "no", extensions: { code: "DENIED", requestId: "r1" } }] }, 200, "DENIED"],
    ["<html>", 502, "UNAVAILABLE"],
    ["", 401, "DENIED"],
    [{ data: null }, 200, "INTERNAL"],
  ])("turns %j into a kind", async (body, status, code) => {
    answer(body, status);
    await expect(ask(me, {})).rejects.toMatchObject({ code });
  });
});

describe("errors in words", () => {
  it("never show internal text", () => {
    const { why } = explain(new ApiError("INTERNAL", "bolt: page 17 already freed", "r9"));
    expect(why).not.toContain("bolt");
  });

  it("repeat what the reader can act on", () => {
    expect(explain(new ApiError("CONFLICT", "the plan is older than the schema")).why).toMatch(/^The plan is older than the schema\. Somebody was faster/);
  });
});
