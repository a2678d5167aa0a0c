import { assetPath, be, expect, settled, test } from "./story";

test("an analyst asks for revenue and gets the trusted table, with reasons", async ({ page }) => {
  await page.goto("/");
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("revenue");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=revenue/);

  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("Net revenue");
  await expect(answer).toContainText("refunds");
  await expect(answer.getByRole("link", { name: "analytics.revenue_daily" }).first()).toBeVisible();
  await expect(answer.getByRole("link", { name: /Board revenue/ })).toBeVisible();

  const names = await page.locator(".hit h3").allInnerTexts();
  const plain = names.map((name) => name.replaceAll("\u200b", "").trim());
  const tables = plain.filter((name) => /^(analytics|adhoc|raw_data|archive)\./.test(name));
  expect(tables[0]).toBe("analytics.revenue_daily");
  const hammered = plain.indexOf("adhoc.revenue_tmp");
  if (hammered >= 0) expect(plain.indexOf("analytics.revenue_daily")).toBeLessThan(hammered);

  const first = page.locator(".hit", { has: page.getByRole("link", { name: "analytics.revenue_daily", exact: true }) }).first();
  await expect(first).toContainText(/\d+ people/);
  await expect(first.getByRole("img", { name: /^Trust \d+ of 100/ })).toBeVisible();
});

test("from the answer to the table, its definition, its dashboard and back", async ({ page }) => {
  await page.goto("/search?q=revenue");
  await page.getByRole("link", { name: "Open revenue_daily" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("analytics.revenue_daily");
  await expect(page.getByText(/Certified by/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "May I trust it?" })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /^net_revenue/ })).toBeVisible();

  await page.getByRole("link", { name: "Net revenue", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Net revenue");
  await expect(page.getByRole("row", { name: /analytics\.revenue_daily/ })).toBeVisible();

  await page.getByRole("row", { name: /Board revenue/ }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Board revenue");
  await page.getByRole("link", { name: "analytics.revenue_daily" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("analytics.revenue_daily");

  await page.getByRole("tab", { name: /Lineage/ }).click();
  await expect(page).toHaveURL(/tab=lineage/);
  await expect(page.getByRole("table", { name: /comes from/ }).getByRole("link", { name: "analytics.fct_revenue" })).toBeVisible();
  await page.getByRole("link", { name: "Open the graph" }).click();
  await expect(page).toHaveURL(/\/lineage\/urn/);
});

test("filters live in the address, and Back takes them off", async ({ page }) => {
  await page.goto("/search?q=revenue");
  await settled(page);
  const zone = page.getByRole("group", { name: "Zone" });
  await zone.getByRole("checkbox", { name: /adhoc/ }).check();
  await expect(page).toHaveURL(/zone=adhoc/);
  await settled(page);
  for (const name of await page.locator(".hit h3").allInnerTexts()) expect(name).toMatch(/^adhoc\./);
  await page.goBack();
  await expect(page).not.toHaveURL(/zone=/);
});

test("what cannot be found says what to do", async ({ page }) => {
  await page.goto("/search?q=zzzyqx");
  await expect(page.getByText("Nothing matches “zzzyqx”")).toBeVisible();
});

test("a deprecated table names its replacement", async ({ page }) => {
  await page.goto(await assetPath(page, "analytics.revenue_daily_v1"));
  const notice = page.getByRole("region", { name: "Notice" });
  await expect(notice).toContainText("Deprecated");
  await notice.getByRole("link", { name: "analytics.revenue_daily" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("analytics.revenue_daily");
});

test("columns tell which personal data they hold", async ({ page }) => {
  await page.goto(await assetPath(page, "shop.main.students"));
  await settled(page);
  await page.getByRole("checkbox", { name: "only personal data" }).check();
  const email = page.getByRole("row", { name: /^email/ });
  await expect(email).toContainText(/e-mail/i);
  await email.getByRole("button", { name: /email/ }).click();
  await expect(page.getByRole("dialog")).toContainText("What was seen");
});

test("an edit is done at once and can be undone", async ({ page }) => {
  await be(page, "ana");
  await page.goto(await assetPath(page, "analytics.revenue_monthly"));
  await settled(page);
  const before = await page.locator(".questions-what .lead").innerText();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("menuitem", { name: "Describe …" }).click();
  await page.getByRole("textbox", { name: "What it is" }).fill("Net revenue by month, for a test.");
  await page.getByRole("button", { name: "Save the description" }).click();
  await expect(page.locator(".questions-what .lead")).toHaveText("Net revenue by month, for a test.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".questions-what .lead")).toHaveText(before);
});

test("somebody without the right is not offered the edit", async ({ page }) => {
  await be(page, "mina");
  await page.goto(await assetPath(page, "analytics.revenue_monthly"));
  await settled(page);
  await expect(page.getByRole("button", { name: "Copy name" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change" })).toHaveCount(0);
});

test("in the sample company one may be another person", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^You are/ }).click();
  await page.getByRole("menuitemradio", { name: /Ana Ruiz/ }).click();
  await expect(page.getByRole("button", { name: /^You are Ana Ruiz/ })).toBeVisible();
});

test("the keyboard alone leads through the results", async ({ page }) => {
  await page.goto("/search?q=revenue");
  await settled(page);
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/hit=/);
  const name = await page.locator(".hit[aria-current=true] h3").innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
});
