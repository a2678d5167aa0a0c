// Fails the build when what a reader has to load grows past its budget (sizes in kB, compressed as served).
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budgets = { entry: 180, chunk: 120, css: 40, fonts: 100 };
const dist = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", dist), "utf8");
const size = (file, zip = true) => {
  const bytes = readFileSync(new URL(`assets/${file}`, dist));
  return (zip ? gzipSync(bytes, { level: 9 }).length : bytes.length) / 1000;
};
const files = readdirSync(new URL("assets/", dist));
const ending = (end) => files.filter((file) => file.endsWith(end));
const sum = (list, zip) => list.reduce((total, file) => total + size(file, zip), 0);

const first = ending(".js").filter((file) => html.includes(file));
const later = ending(".js").filter((file) => !html.includes(file) && !file.includes("worker"));
const largest = later.map((file) => [size(file), file]).sort((a, b) => b[0] - a[0])[0] ?? [0, "none"];
const found = { entry: sum(first), chunk: largest[0], css: sum(ending(".css")), fonts: sum(ending(".woff2"), false) };

for (const [what, limit] of Object.entries(budgets)) console.log(`${what.padEnd(6)} ${found[what].toFixed(1).padStart(7)} of ${limit} kB${what === "chunk" ? `  (${largest[1]})` : ""}`);
const over = Object.entries(budgets).filter(([what, limit]) => found[what] > limit);
if (over.length > 0) {
  console.error(`Over budget: ${over.map(([what]) => what).join(", ")}`);
  process.exit(1);
}
