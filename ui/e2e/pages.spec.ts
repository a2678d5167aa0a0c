import { pages } from "./pages";
import { be, expect, expectSound, settled, test } from "./story";

for (const width of [1280, 390]) {
  test.describe(`at ${width}`, () => {
    test.use({ viewport: { width, height: width > 1000 ? 900 : 844 }, hasTouch: width < 500 });

    for (const { name, as, path, drawn } of pages) {
      test(`${name} is sound, light and dark`, async ({ page }) => {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await be(page, as);
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(await path(page));
        await settled(page);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        if (drawn && width > 1000) await expect(page.locator(drawn)).toBeVisible();
        await expectSound(page);
        await page.emulateMedia({ colorScheme: "dark" });
        await expectSound(page);
        expect(errors).toEqual([]);
      });
    }
  });
}

test("the first page comes in at most twelve requests and asks nobody else", async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/");
  await settled(page);
  expect(asked.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
  expect(asked.filter((url) => !url.endsWith("/mark.svg")).length, asked.join("\n")).toBeLessThanOrEqual(12);
});
