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

/** Asks the server as somebody of the sample company, past the interface: to prepare what a page then shows. */
export async function askAs<Answer>(page: Page, user: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const reply = await page.request.post("/graphql", { headers: { "X-Waymark-As": user }, data: { query, variables } });
  const { data, errors }: { data: Answer; errors?: { message: string }[] } = await reply.json();
  if (errors?.[0]) throw new Error(errors[0].message);
  return data;
}

/** Finds a dataset's address by the end of its name, as the program itself resolves names. */
export async function assetPath(page: Page, name: string): Promise<string> {
  const { asset } = await askAs<{ asset: { id: string } | null }>(page, "mina", "query($id: String!) { asset(id: $id) { id } }", { id: name });
  if (!asset) throw new Error(`the sample company has no ${name}`);
  return `/asset/${encodeURIComponent(asset.id)}`;
}
