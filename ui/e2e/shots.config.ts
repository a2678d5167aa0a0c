import { defineConfig } from "@playwright/test";
import base from "../playwright.config";

// `SHOTS=/some/folder npm run shots` saves every page at 1280 and 390, light and dark, to be looked at.
export default defineConfig({ ...base, testDir: ".", outputDir: "../test-results", testMatch: "shots.ts", projects: undefined, globalSetup: "./demo.ts" });
