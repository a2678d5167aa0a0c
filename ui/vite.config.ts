import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The server that `npm run dev` asks; `waymark demo` prints its address.
const server = process.env.WAYMARK_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: { "/graphql": server, "/api": server, "/version": server },
  },
  build: {
    outDir: "dist",
    // dist/.gitkeep is committed so that `go build` never needs Node; scripts/clean.mjs empties the rest.
    emptyOutDir: false,
    target: "es2022",
    // one sheet and few chunks: a first page is at most twelve requests
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "base", test: /node_modules.react|@tanstack.(react-|)(query|router)|src.shared.(?!review|ui.(DataTable|Tabs|Sql|sqlTokens|DayBars|Stops))|src.features.suggest/, priority: 2 },
            { name: "table", test: /ui.DataTable/, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/shared/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000, // on two cores, beside other suites
  },
});
