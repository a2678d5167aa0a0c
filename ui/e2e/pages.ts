import type { Page } from "@playwright/test";
import { assetPath } from "./story";

/** Every page of the interface by a short name; those of assets are looked up in the sample company. */
export const pages: [name: string, path: (page: Page) => Promise<string>][] = [
  ["home", async () => "/"],
  ["results", async () => "/search?q=revenue"],
  ["results-none", async () => "/search?q=zzzyqx"],
  ["asset", (page) => assetPath(page, "analytics.revenue_daily")],
  ["asset-lineage", async (page) => `${await assetPath(page, "analytics.revenue_daily")}?tab=lineage`],
  ["asset-queries", async (page) => `${await assetPath(page, "analytics.revenue_daily")}?tab=queries`],
  ["asset-usage", async (page) => `${await assetPath(page, "analytics.revenue_daily")}?tab=usage`],
  ["asset-changes", async (page) => `${await assetPath(page, "analytics.revenue_daily")}?tab=changes`],
  ["asset-personal", (page) => assetPath(page, "shop.main.students")],
  ["dashboard", (page) => assetPath(page, "board_revenue")],
  ["term", (page) => assetPath(page, "Net revenue")],
  ["person", (page) => assetPath(page, "ana")],
  ["domain", (page) => assetPath(page, "urn:li:domain:Finance")],
  ["glossary", async () => "/glossary"],
  ["help", async () => "/help/architecture"],
  ["missing", async () => "/no/such/page"],
];
