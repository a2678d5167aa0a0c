import { join } from "node:path";
import { pages } from "./pages";
import { be, settled, test } from "./story";

const folder = process.env.SHOTS;
if (!folder) throw new Error("SHOTS names the folder to save the pictures in");

for (const width of [1280, 390]) {
  test.describe(`${width}`, () => {
    test.use({ viewport: { width, height: width > 1000 ? 900 : 844 }, hasTouch: width < 500 });

    for (const { name, as, path, drawn } of pages) {
      test(name, async ({ page }) => {
        await be(page, as);
        await page.goto(await path(page));
        await settled(page);
        if (drawn && width > 1000) await page.locator(drawn).waitFor();
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        }
      });
    }
  });
}
