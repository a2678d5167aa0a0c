import { describe, expect, it } from "vitest";
import { feedAsked, scopeWords, subscribeAsked, toneOf, wrongWith, type Wish } from "./model";

const wish: Wish = { scope: "asset", value: "analytics.revenue_daily", kinds: ["breaking"], channel: "mail", hook: "" };
const change = { number: 1, at: "2026-11-20T08:00:00Z", text: "", by: "", breaking: true, columns: [] };

describe("the feed", () => {
  it("is asked from the morning of a day on, all kinds when none is chosen", () => {
    const now = new Date(2026, 10, 20, 15, 30);
    expect(feedAsked({}, now)).toEqual({ since: new Date(2026, 9, 21).toISOString(), kinds: undefined, zone: undefined, owner: undefined, followed: false });
    expect(feedAsked({ kinds: "breaking,check", days: "7", followed: "yes", zone: "adhoc" }, now)).toEqual({ since: new Date(2026, 10, 13).toISOString(), kinds: ["breaking", "check"], zone: "adhoc", owner: undefined, followed: true });
    expect(feedAsked({ days: "soon" }, now).since).toBe(feedAsked({}, now).since);
  });

  it("marks what breaks and what is wrong, and what is over", () => {
    const incident = { severity: "critical", title: "", detail: "", opened: "", closed: null };
    expect(toneOf({ change, incident: null })).toBe("bad");
    expect(toneOf({ change: { ...change, breaking: false }, incident: null })).toBe("plain");
    expect(toneOf({ change, incident: { ...incident, closed: "2026-11-20T09:00:00Z" } })).toBe("ok");
  });
});

describe("a subscription", () => {
  it("needs a name, a kind and, for a webhook, a reference that is no address", () => {
    expect(wrongWith(wish)).toEqual({});
    expect(Object.keys(wrongWith({ ...wish, value: " ", kinds: [] }))).toEqual(["value", "kinds"]);
    expect(wrongWith({ ...wish, scope: "everything", value: "" })).toEqual({});
    expect(wrongWith({ ...wish, channel: "webhook", hook: "https://hooks.example.com/T0" }).hook).toMatch(/secret/);
    expect(wrongWith({ ...wish, channel: "webhook", hook: "${WAYMARK_HOOK_TEAM}" })).toEqual({});
  });

  it("sends only what belongs to its scope and channel", () => {
    expect(subscribeAsked({ ...wish, scope: "everything", hook: "${X}" })).toEqual({ scope: "everything", value: undefined, kinds: ["breaking"], channel: "mail", hook: undefined });
  });

  it("says what it is of", () => {
    expect([scopeWords({ scope: "zone", value: "adhoc", asset: null }), scopeWords({ scope: "everything", value: "", asset: null }), scopeWords({ scope: "owner", value: "ana", asset: null })]).toEqual(["zone adhoc", "everything you may see", "what ana owns"]);
  });
});
