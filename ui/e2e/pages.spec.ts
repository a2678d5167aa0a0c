import { pages } from "./pages";
import { expect, expectSound, settled, test } from "./story";

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width > 1000 ? 900 : 844 }, colorScheme, hasTouch: width < 500 });

      for (const [name, path] of pages) {
        test(`${name} is sound`, async ({ page }) => {
          const errors: string[] = [];
          page.on("pageerror", (error) => errors.push(error.message));
          await page.goto(await path(page));
          await settled(page);
          await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
          await expectSound(page);
          expect(errors).toEqual([]);
        });
      }
    });
  }
}

test("the first page comes in at most twelve requests and asks nobody else", async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/");
  await settled(page);
  expect(asked.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
  expect(asked.filter((url) => !url.endsWith("/mark.svg")).length, asked.join("\n")).toBeLessThanOrEqual(12);
});
