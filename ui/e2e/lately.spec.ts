import { lineagePath } from "./pages";
import { assetPath, be, expect, settled, test } from "./story";

test("a search is kept under a name, offered by the field, and forgotten", async ({ page }) => {
  await be(page, "mina");
  await page.goto("/search?q=refund&zone=analytics&sort=used");
  await settled(page);
  await expect(page.getByRole("region", { name: "most used" })).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refunds of mine");
  await page.getByRole("button", { name: "Save the search" }).click();
  await expect(page.getByRole("button", { name: "Forget “Refunds of mine”" })).toBeVisible();

  await page.goto("/");
  await page.getByRole("combobox", { name: "Search" }).click();
  await page.getByRole("option", { name: /Refunds of mine/ }).click();
  await expect(page).toHaveURL(/q=refund/);
  await expect(page).toHaveURL(/zone=analytics/);
  await expect(page).toHaveURL(/sort=used/);
  await page.getByRole("button", { name: "Forget “Refunds of mine”" }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
});

test("a steward reads what people search for; an analyst may not", async ({ page, browser, baseURL }) => {
  await be(page, "ana");
  await page.goto("/searches?show=wanted");
  await settled(page);
  await expect(page.getByRole("table", { name: "Most wanted" }).getByRole("link", { name: "revenue", exact: true }).first()).toBeVisible();
  const other = await browser.newPage({ baseURL });
  await be(other, "mina");
  await other.goto("/searches");
  await expect(other.getByRole("alert")).toContainText("Your roles do not allow it");
  await other.close();
});

test("what nobody reads comes with its proof", async ({ page }) => {
  await page.goto("/discover?show=unused");
  await settled(page);
  await page.getByRole("table", { name: "Tables that nobody is known to read" }).getByRole("row", { name: /payments_v1/ }).getByRole("button").click();
  const proof = page.getByRole("region", { name: "Proof for payments_v1" });
  await expect(proof).toContainText(/Days read, holds: .*\d+ of \d+ days/);
  await expect(proof).toContainText("Downstream");
  await page.getByRole("button", { name: /^Unknown \d+/ }).click();
  await expect(page).toHaveURL(/state=unknown/);
  await expect(page.getByText("No complete log tells who reads it.")).toBeVisible();
});

test("yesterday's dearest statements and people", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Dearest queries, yesterday" }).click();
  await expect(page.getByRole("table", { name: "Whose statements took most" }).getByRole("row").nth(1)).toBeVisible();
  await page.getByLabel("Day", { exact: true }).fill("2020-01-01");
  await expect(page.getByText("No log was read for this day: nothing is known of it")).toBeVisible();
});

test("changes say whom they touch, and one is told of what one follows", async ({ page }) => {
  await be(page, "jonas");
  await page.goto("/changes?kinds=breaking");
  await settled(page);
  const renamed = page.getByRole("listitem").filter({ hasText: "raw_data.ad_spend" }).filter({ hasText: "click_count" });
  await expect(renamed).toContainText(/\d+\sassets? downstream/);
  await expect(renamed.getByRole("region", { name: "Columns that changed" })).toContainText("breaks");

  await page.getByRole("button", { name: "Subscribe …" }).click();
  const dialog = page.getByRole("dialog", { name: "Be told of changes" });
  await dialog.getByLabel("Of", { exact: true }).selectOption("zone");
  await dialog.getByLabel("How", { exact: true }).selectOption("webhook");
  await dialog.getByRole("textbox", { name: "Zone" }).fill("raw_data");
  await dialog.getByRole("textbox", { name: "Where its address is kept" }).fill("https://hooks.example.com/T0");
  await dialog.getByRole("button", { name: "Subscribe" }).click();
  await expect(dialog.getByText(/The address is a secret/)).toBeVisible();
  await dialog.getByLabel("How", { exact: true }).selectOption("mail");
  await dialog.getByRole("button", { name: "Subscribe" }).click();
  await expect(page.getByRole("table", { name: "Your subscriptions" })).toContainText("zone raw_data");
  await page.getByRole("button", { name: "End the subscription of zone raw_data" }).click();
  await expect(page.getByText("You follow nothing yet")).toBeVisible();
});

test("an asset shows its checks, its promise and its rows", async ({ page }) => {
  await page.goto(`${await assetPath(page, "raw_data.email_sends")}?tab=quality`);
  await settled(page);
  await expect(page.getByRole("region", { name: "Incidents" })).toContainText("check recipient.not_null fails");
  await expect(page.getByRole("table", { name: "Quality checks" }).getByRole("row", { name: /not_null/ })).toContainText("failed");
  await page.goto(`${await assetPath(page, "analytics.revenue_daily")}?tab=quality`);
  await expect(page.getByRole("region", { name: "Promise" })).toContainText(/\d\s%\skept in 30 days/);
});

test("the statements that were not understood are there, without a word of theirs", async ({ page }) => {
  await be(page, "ines");
  await page.goto("/crawls");
  await settled(page);
  await expect(page.getByText(/^\d+ of [\d\s]+\sstatements were not wholly understood; here they are\.$/)).toBeVisible();
  await page.getByRole("button", { name: "unknown statement" }).click();
  await expect(page).toHaveURL(/why=failed\.unknown_statement/);
  const statements = page.getByRole("list", { name: "Statements that were not understood" }).getByRole("listitem");
  await expect(statements).toHaveCount(1);
  await expect(statements).toContainText(/none of its \d+\scharacters are kept/);
  await expect(statements).not.toContainText("SELCT");
});

test("a way leads from the raw payments to the board, and the past had none", async ({ page }) => {
  await page.goto(await lineagePath(page, "raw_data.payments"));
  await settled(page);
  await page.getByRole("button", { name: "Way to …" }).click();
  await page.getByRole("combobox", { name: "The other end of the way" }).fill("board rev");
  await page.getByRole("option", { name: /Board revenue/ }).first().click();
  await expect(page).toHaveURL(/to=urn/);
  await expect(page.getByText(/^the shortest way to Board revenue: \d\ssteps$/)).toBeVisible();
  const steps = page.getByRole("table", { name: "Steps of the lineage" }).getByRole("row");
  await expect(steps.nth(1)).toContainText("raw_data.payments");
  await expect(steps.nth(1)).toContainText("on the path");

  await page.getByRole("button", { name: "As of today" }).click();
  await page.getByLabel("As of", { exact: true }).fill("2020-01-01");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("No way leads from raw_data.payments to Board revenue")).toBeVisible();
});

test("two days are compared, each difference with the statement that made it", async ({ page }) => {
  await page.goto(`${await lineagePath(page, "analytics.fct_revenue")}?since=2020-01-01`);
  await settled(page);
  const changes = page.getByRole("table", { name: "Steps that changed" });
  await expect(changes.getByRole("row", { name: /stg_payments/ }).first()).toContainText("added");
});

test("an editor refutes a step, which is left out until the word is taken back", async ({ page }) => {
  await be(page, "jonas");
  const path = await lineagePath(page, "analytics.revenue_by_country");
  await page.goto(`${path}?refuted=yes`);
  await settled(page);
  const list = page.getByRole("table", { name: "Steps of the lineage" });
  const step = list.getByRole("row", { name: /analytics\.revenue_daily.*analytics\.revenue_by_country/ }).first();
  await step.getByRole("button").first().click();
  const evidence = page.getByRole("complementary", { name: "Evidence" });
  await evidence.getByRole("button", { name: "This is wrong …" }).click();
  await page.getByRole("textbox", { name: "Why it is wrong" }).fill("A test of the browser says so.");
  await page.getByRole("button", { name: "Refute the step" }).click();
  await expect(step).toContainText("refuted by");
  await expect(evidence).toContainText("A test of the browser says so.");
  await evidence.getByRole("button", { name: "Take the refutation back" }).click();
  await expect(step).not.toContainText("refuted by");
});

test("a problem is reported, and closed with what was done", async ({ page }) => {
  await be(page, "jonas");
  await page.goto(`${await assetPath(page, "analytics.dim_student")}?tab=quality`);
  await settled(page);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("menuitem", { name: "Report a problem …" }).click();
  await page.getByRole("textbox", { name: "What is wrong" }).fill("Monday counts twice");
  await page.getByRole("button", { name: "Open the incident" }).click();
  const incidents = page.getByRole("region", { name: "Incidents" });
  await expect(incidents).toContainText("1 open incident");
  await expect(incidents).toContainText("reported by");
  await incidents.getByRole("button", { name: "Close “Monday counts twice”" }).click();
  await page.getByRole("textbox", { name: "What was done" }).fill("The load ran once more.");
  await page.getByRole("button", { name: "Close the incident" }).click();
  await expect(incidents).toContainText("Incidents, all over");
  await expect(incidents).toContainText("The load ran once more.");
});

test("a promise begins with what is promised now, and is ended", async ({ page }) => {
  await be(page, "ana");
  await page.goto(`${await assetPath(page, "analytics.fct_revenue")}?tab=quality`);
  await settled(page);
  const open = async () => {
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("menuitem", { name: "Promise …" }).click();
  };
  await open();
  await page.getByLabel("Written by").fill("07:15");
  await page.getByRole("textbox", { name: "Time zone" }).fill("Europe/Berlin");
  for (const day of ["Mon", "Fri"]) await page.getByRole("checkbox", { name: day }).check();
  await page.getByRole("button", { name: "Promise it" }).click();
  const promise = page.getByRole("region", { name: "Promise" });
  await expect(promise).toContainText(/by 07:15 in Europe\/Berlin/);
  await expect(promise).toContainText(/Mon.*Fri/);
  await open();
  await expect(page.getByLabel("Written by")).toHaveValue("07:15");
  await expect(page.getByRole("checkbox", { name: "Fri" })).toBeChecked();
  await page.getByLabel("Written by").fill("");
  await page.getByRole("button", { name: "End the promise" }).click();
  await expect(promise).toContainText("Nothing is promised of it");
});
