// Empties dist before a build, all but the committed placeholder that lets Go build without Node.
import { readdirSync, rmSync } from "node:fs";

const dist = new URL("../dist/", import.meta.url);
for (const name of readdirSync(dist)) if (name !== ".gitkeep") rmSync(new URL(name, dist), { recursive: true });
