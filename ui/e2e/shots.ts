import { join } from "node:path";
import { pages } from "./pages";
import { settled, test } from "./story";

const folder = process.env.SHOTS;
if (!folder) throw new Error("SHOTS names the folder to save the pictures in");

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width > 1000 ? 900 : 844 }, colorScheme, hasTouch: width < 500 });

      for (const [name, path] of pages) {
        test(name, async ({ page }) => {
          await page.goto(await path(page));
          await settled(page);
          await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        });
      }
    });
  }
}
