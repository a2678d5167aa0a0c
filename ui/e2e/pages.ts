import type { Page } from "@playwright/test";
import { assetPath, askAs } from "./story";

/** A page of the interface: who looks at it, where it is, and what must have been drawn on a wide screen before one may judge it. */
export interface Room {
  name: string;
  as: string;
  path: (page: Page) => Promise<string>;
  drawn?: string;
}

const room = (name: string, path: Room["path"], as = "mina"): Room => ({ name, as, path });
const lineage = (name: string, of: string, search = ""): Room => ({ name, as: "mina", path: async (page) => `${await lineagePath(page, of)}${search}`, drawn: ".root-node" });
const revenue = (page: Page) => assetPath(page, "analytics.revenue_daily");

/** The address of the lineage of a dataset, by the end of its name. */
export async function lineagePath(page: Page, name: string): Promise<string> {
  return (await assetPath(page, name)).replace("/asset/", "/lineage/");
}

/** The address of a request with a frozen plan: the first there is, else one that is opened for it. */
async function requestPath(page: Page): Promise<string> {
  const { requests } = await askAs<{ requests: { id: string }[] }>(page, "sora", "query { requests(first: 1) { id } }");
  if (requests[0]) return `/requests/${requests[0].id}`;
  const subject = [{ key: "email", value: "mary.ellis@example.org" }];
  const { createRequest } = await askAs<{ createRequest: { id: string } }>(page, "rafael", `mutation($subject: [SubjectKeyInput!]!) { createRequest(kind: "erasure", law: "gdpr", subject: $subject) { id } }`, { subject });
  await askAs(page, "sora", "mutation($id: String!) { planRequest(id: $id) { id } }", { id: createRequest.id });
  return `/requests/${createRequest.id}`;
}

/** Every page of the interface; those of assets are looked up in the sample company. */
export const pages: Room[] = [
  room("home", async () => "/"),
  room("results", async () => "/search?q=revenue"),
  room("results-none", async () => "/search?q=zzzyqx"),
  room("asset", revenue),
  room("asset-lineage", async (page) => `${await revenue(page)}?tab=lineage`),
  room("asset-queries", async (page) => `${await revenue(page)}?tab=queries`),
  room("asset-usage", async (page) => `${await revenue(page)}?tab=usage`),
  room("asset-quality", async (page) => `${await revenue(page)}?tab=quality`),
  room("asset-changes", async (page) => `${await revenue(page)}?tab=changes`),
  room("asset-personal", (page) => assetPath(page, "shop.main.students")),
  room("dashboard", (page) => assetPath(page, "board_revenue")),
  room("term", (page) => assetPath(page, "Net revenue")),
  room("person", (page) => assetPath(page, "ana")),
  room("domain", (page) => assetPath(page, "urn:li:domain:Finance")),
  room("glossary", async () => "/glossary"),
  room("lineage-start", async () => "/lineage"),
  lineage("lineage-table", "analytics.revenue_daily"),
  lineage("lineage-column", "analytics.revenue_daily", "?col=net_revenue&steps=all"),
  lineage("lineage-email", "raw_data.students", "?col=email"),
  lineage("lineage-columns", "analytics.stg_payments", "?mode=columns&indirect=yes"),
  lineage("lineage-way", "raw_data.payments", "?to=urn%3Ali%3Adashboard%3A%28tableau%2Cboard_revenue%29"),
  lineage("lineage-past", "analytics.revenue_daily", "?at=2020-01-01&since=2019-01-01"),
  room("discover-used", async () => "/discover"),
  room("discover-rising", async () => "/discover?show=rising"),
  room("discover-unused", async () => "/discover?show=unused"),
  room("discover-unknown", async () => "/discover?show=unused&state=unknown"),
  room("discover-morning", async () => "/discover?show=morning"),
  room("changes", async () => "/changes"),
  room("searches", async () => "/searches?show=wanted", "ana"),
  room("searches-denied", async () => "/searches"),
  room("privacy", async () => "/privacy", "sora"),
  room("privacy-tagged", async () => "/privacy?state=tagged&level=high", "sora"),
  room("requests", async () => "/requests?show=all", "rafael"),
  room("request", requestPath, "sora"),
  room("request-none", async () => "/requests/2026-9999", "sora"),
  room("crawls", async () => "/crawls", "ines"),
  room("help", async () => "/help/architecture"),
  room("missing", async () => "/no/such/page"),
];
