import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { lineagePath } from "./pages";
import { expect, expectSound, settled, test } from "./story";

const sources = 2_000;
const readers = 1_000;

function urn(name: string): string {
  return `urn:li:dataset:(urn:li:dataPlatform:postgres,wide.${name},PROD)`;
}

function table(name: string, upstreams: string[] = []): string {
  return JSON.stringify({ type: "dataset", urn: urn(name), platform: "postgres", name: `wide.${name}`, subtype: "table", columns: [{ name: "id", type: "bigint" }], upstreams: upstreams.map((each) => ({ dataset: urn(each) })) });
}

/** A table that is made from thousands and read by a thousand, as JSON Lines. */
function fan(): string {
  const inputs = Array.from({ length: sources }, (_, index) => `fan_in.part_${index}`);
  const outputs = Array.from({ length: readers }, (_, index) => `fan_out.report_${index}`);
  return [...inputs.map((name) => table(name)), table("mart.hub", inputs), ...outputs.map((name) => table(name, ["mart.hub"]))].join("\n") + "\n";
}

async function bringIn(page: Page): Promise<void> {
  const reply = await page.request.post("/api/v1/import", { headers: { "X-Waymark-As": "ines", "Content-Type": "application/x-ndjson" }, data: fan(), timeout: 60_000 });
  expect(reply.ok(), await reply.text()).toBe(true);
}

test("thousands around one table stand in piles that open, in a list, and in a file", async ({ page }) => {
  test.setTimeout(180_000);
  await bringIn(page);
  await page.goto(await lineagePath(page, "wide.mart.hub"));
  await settled(page);
  await expect(page.getByText(/^2\s001\sfurther\sassets beyond the first 1\s000\sassets$/)).toBeVisible();
  await expect(page.getByText(/^1\s000 of 3\s001\sassets are loaded: /)).toBeVisible();
  await page.getByRole("button", { name: /^Load up to 10\s000$/ }).click();
  await expect(page).toHaveURL(/many=yes/);
  await expect(page.getByText(/^comes from 2\s000\sassets, feeds 1\s000\sassets/)).toBeVisible({ timeout: 30_000 });

  const nodes = page.locator(".graph-node");
  const pile = page.locator(".group-node").filter({ hasText: "fan_in" });
  await expect(pile).toContainText(/1\s994\smore tables/);
  await pile.getByRole("button").click();
  await expect(page).toHaveURL(/open=/);
  await expect(pile).toContainText(/1\s8\d\d\smore tables/);
  await expect(async () => {
    await page.getByRole("button", { name: "Show all" }).click(); // shows what is laid out by now
    expect(await nodes.count()).toBeGreaterThan(150);
  }).toPass({ timeout: 20_000 });
  expect(await nodes.count()).toBeLessThanOrEqual(200);
  await expectSound(page);

  await expect(page.getByRole("table", { name: "Steps of the lineage" })).toHaveAttribute("aria-rowcount", String(sources + readers + 1));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(sources + readers + 1);
  expect(lines.filter((line) => line.startsWith("fan_in.part_"))).toHaveLength(sources);
});
