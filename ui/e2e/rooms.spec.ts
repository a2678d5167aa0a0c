import { readFile } from "node:fs/promises";
import { lineagePath } from "./pages";
import { assetPath, be, expect, settled, test } from "./story";

test("a number is traced back to the raw zone, column by column, each step with its statement", async ({ page }) => {
  await page.goto(await assetPath(page, "analytics.revenue_daily"));
  await page.goto(`${await lineagePath(page, "analytics.revenue_daily")}?col=net_revenue&steps=all`);
  await settled(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("analytics.revenue_daily.net_revenue");
  const list = page.getByRole("table", { name: "Steps of the lineage" });
  const step = (from: string, to: string) => list.getByRole("row").filter({ hasText: from }).filter({ hasText: to }).first();
  await expect(step("analytics.fct_revenue.net_revenue", "analytics.revenue_daily.net_revenue")).toContainText("aggregation");
  await expect(step("analytics.stg_payments.gross_usd", "analytics.fct_revenue.net_revenue")).toContainText("on the path");
  const raw = step("raw_data.payments.amount_cents", "analytics.stg_payments.gross_usd");
  await expect(raw).toContainText("transformation");

  await raw.getByRole("button").click();
  await expect(page).toHaveURL(/edge=/);
  const evidence = page.getByRole("complementary", { name: "Evidence" });
  await expect(evidence.getByRole("region", { name: "The statement behind this step" })).toContainText("raw_data.payments");
  expect((await evidence.locator("mark").allInnerTexts()).join("")).toContain("amount_cents");
  await expect(evidence.getByText("Confidence")).toBeVisible();
  await expect(evidence.getByRole("heading", { name: "If amount_cents changes" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toContain("raw_data.payments.amount_cents,analytics.stg_payments.gross_usd,transformation");
});

test("personal columns on the way carry their class, and masked ones none", async ({ page }) => {
  await page.goto(`${await lineagePath(page, "raw_data.students")}?col=email`);
  await settled(page);
  const list = page.getByRole("table", { name: "Steps of the lineage" });
  const copied = list.getByRole("row").filter({ hasText: "adhoc.kim_signup_export" }).first();
  await expect(copied.getByTitle(/^e-mail, high/).first()).toBeVisible();
  const masked = list.getByRole("row").filter({ hasText: "masked" }).first();
  await expect(masked).toContainText("learner_key");
  await expect(page.locator(".graph-node").getByTitle(/Personal data: e-mail/).first()).toBeVisible();
});

test("the drawing is walked by keys", async ({ page }) => {
  await page.goto(`${await lineagePath(page, "analytics.revenue_daily")}?col=net_revenue&edge=none`);
  await settled(page);
  await expect(page.locator(".root-node")).toBeVisible();
  const drawing = page.getByRole("region", { name: /^Lineage of .* drawn/ });
  await page.locator("body").press("Tab");
  for (let presses = 0; presses < 30 && !(await drawing.evaluate((node) => node === document.activeElement)); presses++) await page.keyboard.press("Tab");
  await expect(drawing).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(drawing.getByText(/^net_revenue of fct_revenue: \d+ in, \d+ out$/)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Evidence" })).toContainText("analytics.fct_revenue.net_revenue");
  await page.keyboard.press("t");
  await expect(page.getByRole("table", { name: "Steps of the lineage" }).getByRole("button").first()).toBeFocused();
});

test("a finding is answered at once, with its evidence beside it, and the answer undone", async ({ page }) => {
  await be(page, "sora");
  await page.goto("/privacy");
  await settled(page);
  const total = page.getByText(/\d+ of \d+\sfindings?/);
  const before = await total.innerText();
  const evidence = page.getByRole("region", { name: /^Evidence for/ });
  const column = await evidence.getByRole("heading", { level: 3 }).innerText();
  await evidence.getByRole("button", { name: "Not personal" }).click();
  await expect(evidence.getByText("Write why it is not personal.")).toBeVisible();
  await evidence.getByRole("textbox", { name: "Reason" }).fill("A test of the browser says so.");
  await evidence.getByRole("button", { name: "Not personal" }).click();
  await expect(page.getByText(`${column} is declared not personal.`)).toBeVisible();
  await expect(total).not.toHaveText(before);

  await page.getByRole("button", { name: "Not personal", exact: true }).first().click();
  await page.getByRole("table", { name: "Findings" }).getByRole("button", { name: column, exact: true }).first().click();
  await expect(evidence).toContainText("A test of the browser says so.");
  await evidence.getByRole("button", { name: /^Confirm/ }).click();
  await expect(page.getByText(new RegExp(`${column} is tagged`))).toBeVisible();
  await page.getByRole("status").filter({ hasText: `${column} is tagged` }).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`Undone: ${column} stands as before.`)).toBeVisible();
  await expect(page.getByRole("table", { name: "Findings" }).getByRole("button", { name: column, exact: true }).first()).toBeVisible();
});

test("somebody without the right looks, and is not offered the answer", async ({ page }) => {
  await be(page, "mina");
  await page.goto("/privacy");
  await settled(page);
  await expect(page.getByText("Your roles let you look, not answer.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Confirm/ })).toHaveCount(0);
});

test("a source is crawled now, and its run shown by phase", async ({ page }) => {
  await be(page, "ines");
  await page.goto("/crawls");
  await settled(page);
  await page.getByRole("button", { name: "Crawl app now" }).click();
  await expect(page).toHaveURL(/run=/);
  const phases = page.getByRole("table", { name: "Phases of the run" });
  await expect(phases.getByRole("rowheader", { name: "Schemas" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("table", { name: "Sources" }).getByRole("row", { name: /^app/ })).toContainText("done", { timeout: 30_000 });
  await expect(page.getByRole("heading", { name: /^app, / })).toBeVisible();
});
