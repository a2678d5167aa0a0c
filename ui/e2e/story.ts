import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** A test against the sample company that e2e/demo.ts started. */
export const test = base.extend({
  baseURL: async ({}, give) => {
    await give(process.env.WAYMARK_URL);
  },
});

export { expect };

/** Be somebody of the sample company from the next page on. */
export async function be(page: Page, user: string): Promise<void> {
  await page.addInitScript((name) => localStorage.setItem("waymark.as", name), user);
}

/** Waits until the page has what it asked for. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.waitForLoadState("networkidle");
}

/** Waits until colours and places have stopped moving: in between, axe would judge what nobody sees. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((motion) => motion.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map((motion) => motion.finished));
  });
}

/** No finding of axe, nothing wider than the window. */
export async function expectSound(page: Page): Promise<void> {
  await still(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, "pixels beyond the right edge").toBeLessThanOrEqual(0);
}

/** Finds a dataset's address by the end of its name, as the program itself resolves names. */
export async function assetPath(page: Page, name: string): Promise<string> {
  const reply = await page.request.post("/graphql", { data: { query: "query($id: String!) { asset(id: $id) { id } }", variables: { id: name } } });
  const { data }: { data: { asset: { id: string } | null } } = await reply.json();
  if (!data.asset) throw new Error(`the sample company has no ${name}`);
  return `/asset/${encodeURIComponent(data.asset.id)}`;
}
