import { defineConfig } from "@playwright/test";

/** Debian's Chromium, and nothing that looks for the outside world. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export default defineConfig({
  testDir: "e2e",
  outputDir: process.env.TEST_RESULTS ?? "test-results",
  globalSetup: "./e2e/demo.ts",
  workers: 2,
  projects: [
    { name: "stories", testMatch: "*.spec.ts", testIgnore: /(pages|wide)\.spec\.ts/, workers: 1 }, // one sample company, which some of them change
    { name: "pages", testMatch: "pages.spec.ts", dependencies: ["stories"], fullyParallel: true }, // only looked at
    { name: "wide", testMatch: "wide.spec.ts", dependencies: ["pages"] }, // adds thousands of tables, which the others do not expect
  ],
  retries: process.env.CI === "true" ? 1 : 0, // a machine may stumble once; what only then passes is listed as flaky
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI === "true",
  reporter: [["line"]],
  use: { browserName: "chromium", launchOptions: chromium, viewport: { width: 1280, height: 900 }, contextOptions: { reducedMotion: "reduce" }, screenshot: "only-on-failure" },
});
