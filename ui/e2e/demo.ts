import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.WAYMARK_BIN ?? "../bin/waymark";
const patience = 60_000; // ten seconds are promised; a busy machine with two cores gets more

/**
 * Starts the sample company of the real program on a free port, in a folder of its own, for all stories.
 * With WAYMARK_URL the stories run against a server that is already there.
 */
export default async function start(): Promise<() => Promise<void>> {
  if (process.env.WAYMARK_URL) return async () => {};
  if (!existsSync(program)) throw new Error(`${program} is not there; build it first (make build), or name it in WAYMARK_BIN`);
  const kept = process.env.WAYMARK_E2E_DIR; // left behind, for whoever looks into the databases afterwards
  const dir = kept ?? (await mkdtemp(join(tmpdir(), "waymark-e2e-")));
  const server = spawn(program, ["demo", "--data", join(dir, "data"), "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  try {
    process.env.WAYMARK_URL = await address(server);
    if (kept) await remember(dir);
  } catch (error) {
    await stop(server, dir);
    throw error;
  }
  return () => stop(server, dir);
}

/** Copies the databases as they are before any story. */
async function remember(dir: string): Promise<void> {
  await mkdir(join(dir, "before"), { recursive: true });
  for (const zone of ["app", "raw_data", "analytics", "adhoc", "archive"]) {
    await cp(join(dir, "data", `${zone}.db`), join(dir, "before", `${zone}.db`));
  }
}

/** The address that the program prints once it answers. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`no address within ${patience / 1000} s; it said:\n${said}`)), patience);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.once("error", reject);
    server.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with code ${code} before it answered:\n${said}`));
    });
  });
}

async function stop(server: ChildProcess, dir: string): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  if (dir !== process.env.WAYMARK_E2E_DIR) await rm(dir, { recursive: true, force: true });
}
