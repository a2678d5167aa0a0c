import type { FeedQuery, FeedQueryVariables, SubscribeMutationVariables, SubscriptionLineFragment } from "~/shared/graphql/generated/operations";
import { list } from "~/shared/format/address";

export type Item = FeedQuery["feed"]["items"][number];
export type Subscription = SubscriptionLineFragment;

/** /changes?kinds=&zone=&owner=&followed=&days= */
export interface FeedAddress {
  kinds?: string;
  zone?: string;
  owner?: string;
  followed?: string;
  days?: string;
}

/** The kinds of change that one can ask for, and be told of. */
export const kinds: [kind: string, word: string][] = [
  ["breaking", "breaking"],
  ["schema", "schema"],
  ["deprecated", "deprecated"],
  ["incident", "incidents"],
  ["check", "checks"],
];

export const usualDays = "30";

/** What an address asks the server; the moment is of this morning, so that the question stays the same all day. */
export function feedAsked({ kinds: some, zone, owner, followed, days = usualDays }: FeedAddress, now = new Date()): FeedQueryVariables {
  const back = Number(days) > 0 ? Number(days) : Number(usualDays);
  const since = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  const asked = list(some);
  return { since: since.toISOString(), kinds: asked.length > 0 ? asked : undefined, zone, owner, followed: followed === "yes" };
}

/** How an item is marked: what breaks or went wrong in red, what is over in green. */
export function toneOf({ change, incident }: Pick<Item, "change" | "incident">): "bad" | "ok" | "plain" {
  if (incident) return incident.closed ? "ok" : "bad";
  return change.breaking ? "bad" : "plain";
}

/** The zones to narrow to: those of the changes at hand, and the one that is chosen. */
export function zonesOf(items: Pick<Item, "asset">[], chosen?: string): string[] {
  const zones = new Set(items.flatMap(({ asset }) => asset?.zone || []));
  if (chosen) zones.add(chosen);
  return [...zones].sort();
}

/** What a subscription is of, in words. */
export function scopeWords({ scope, value, asset }: Pick<Subscription, "scope" | "value" | "asset">): string {
  if (scope === "everything") return "everything you may see";
  if (scope === "zone") return `zone ${value}`;
  if (scope === "owner") return `what ${value} owns`;
  return asset?.name ?? value;
}

/** A wish as it is typed. */
export interface Wish {
  scope: string;
  value: string;
  kinds: string[];
  channel: string;
  hook: string;
}

const reference = /^\$\{(file:[^}]+|[A-Za-z_][A-Za-z0-9_]*)\}$/;

/** What is wrong with a wish, by field; nothing when it can be sent. */
export function wrongWith(wish: Wish): Partial<Record<keyof Wish, string>> {
  const wrong: Partial<Record<keyof Wish, string>> = {};
  if (wish.scope !== "everything" && !wish.value.trim()) wrong.value = wish.scope === "asset" ? "Name the table." : wish.scope === "zone" ? "Name the zone." : "Name the owner's account.";
  if (wish.kinds.length === 0) wrong.kinds = "Choose at least one.";
  if (wish.channel === "webhook" && !reference.test(wish.hook.trim())) wrong.hook = "The address is a secret. Whoever runs the server sets it, and its name stands here: ${WAYMARK_HOOK_TEAM}.";
  return wrong;
}

/** The wish as the server takes it. */
export function subscribeAsked({ scope, value, kinds: some, channel, hook }: Wish): SubscribeMutationVariables {
  return { scope, value: scope === "everything" ? undefined : value.trim(), kinds: some, channel, hook: channel === "webhook" ? hook.trim() : undefined };
}
