import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectSound, settled, test } from "./story";

const student = "mary.ellis@example.org";

/** Becomes somebody else by the menu of the header, as a visitor of the sample company does. */
async function become(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^You are/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(name) }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^You are .*${name}`) })).toBeVisible();
  await settled(page);
}

async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Approve the plan" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/It erases or changes \d+\srows? in \d+\scollections?/);
  await dialog.getByRole("button", { name: /^Approve \d+\scollections?/ }).click();
  await expect(dialog).toHaveCount(0);
}

test("one student is erased: asked, planned, approved by two, carried out, verified, proven", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/requests");
  await become(page, "Rafael Costa");
  await page.getByRole("button", { name: "Open a request" }).click();
  await page.getByRole("button", { name: "Open the request" }).click();
  await expect(page.getByText("Give at least one value that names the person.")).toBeVisible();
  await page.getByRole("textbox", { name: "Value" }).fill(student);
  await page.getByRole("button", { name: "Open the request" }).click();

  await expect(page).toHaveURL(/\/requests\/\d{4}-\d{4}$/);
  const id = page.url().split("/").at(-1) ?? "";
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Erasure ${id}`);
  await expect(page.getByText("days left").first()).toBeVisible();
  await expect(page.getByText(student)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Approve the plan" })).toHaveCount(0);
  await expectSound(page);

  await become(page, "Sora Lim");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText(student)).toBeVisible();
  await page.getByRole("button", { name: "Hide", exact: true }).click();
  await expect(page.getByText(student)).toHaveCount(0);
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  const plan = page.getByRole("table", { name: "Plan and outcome" });
  await expect(plan.getByRole("rowheader", { name: /students/ }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Frozen as/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Execute the erasure" })).toHaveCount(0);

  await become(page, "Nora Beck");
  await approve(page);
  await expect(page.getByText("waits for a second person")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve the plan" })).toHaveCount(0);
  await become(page, "Daeun Jung");
  await approve(page);
  await expect(page.getByText("waits for a second person")).toHaveCount(0);

  await become(page, "Sora Lim");
  await page.getByRole("button", { name: "Execute the erasure" }).click();
  const erase = page.getByRole("button", { name: /^Erase \d+\srows?$/ });
  await expect(erase).toBeDisabled();
  await page.getByRole("textbox", { name: `Type ${id} to go on` }).fill(id);
  await erase.click();
  await expect(plan.getByText(/^erased \d+$/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/all \d+ collections are answered/)).toBeVisible();

  await page.getByRole("button", { name: "Verify", exact: true }).click();
  const looks = page.getByRole("table", { name: "Verification by form" });
  await expect(looks.getByText(/clean/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("list", { name: "State" }).locator("[aria-current=step]")).toContainText("verified");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Receipt", exact: true }).first().click();
  const file = await (await download).path();
  const receipt = await readFile(file, "utf8");
  expect(receipt).toContain(id);
  expect(receipt).not.toContain(student);
  await expect(page.getByText(/waymark ledger verify/)).toBeVisible();
  await settled(page);
  await expectSound(page);

  await page.goto("/requests");
  await expect(page.getByRole("link", { name: `Erasure ${id}` })).toBeVisible();
});

test("who has no part in requests is told so", async ({ page }) => {
  await page.goto("/requests");
  await become(page, "Mina Park");
  await expect(page.getByText("Your roles do not show requests")).toBeVisible();
});
