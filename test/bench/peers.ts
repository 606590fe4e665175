/** Installs the peers into test/bench/node_modules when they are missing or their lockfile has changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../schema/root";

const folder = join(repositoryRoot, "test", "bench");
const stamp = join(folder, "node_modules", ".bench-installed");

/** Throws when npm cannot install them; measures without peers still run then. */
export function installPeers(): void {
  const wanted = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("bench: installing the peers (first run only)");
  const { status } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: folder,
      stdio: ["ignore", 2, 2],
    },
  );
  if (status !== 0) throw new Error("npm could not install the peers of test/bench/package.json");
  writeFileSync(stamp, wanted);
}
