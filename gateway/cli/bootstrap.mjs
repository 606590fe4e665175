// Runs a compiled entry point from a fresh clone: installs and builds what is missing or stale, then hands over to
// the pinned Node. Plain JavaScript on purpose: it is the one file that runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const installStamp = join(root, "node_modules", ".hub-installed");
const buildStamp = join(root, "dist", ".hub-built");
const pinnedNode = join(root, "node_modules", "node", "bin", "node");

const fingerprint = (text) => createHash("sha256").update(text).digest("hex");

function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], env });
  if (error) throw error;
  if (status !== 0) {
    console.error(`hub: ${command} ${args.join(" ")} failed with exit status ${status}`);
    process.exit(status ?? 1);
  }
}

function installIfStale() {
  const wanted = fingerprint(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (existsSync(installStamp) && readFileSync(installStamp, "utf8") === wanted && existsSync(pinnedNode))
    return;
  console.error("hub: installing dependencies (first start only)");
  // Not `npm ci`: it refuses the lockfile when a mirror lacks optional binaries of platforms that nobody here runs.
  // `--no-save` keeps the lockfile as it is, and what it pins is what is installed.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(installStamp, wanted);
}

function newestChange(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    const changed = entry.isDirectory()
      ? newestChange(path)
      : entry.name.endsWith(".ts")
        ? statSync(path).mtimeMs
        : 0;
    newest = Math.max(newest, changed, entry.isDirectory() ? statSync(path).mtimeMs : 0);
  }
  return newest;
}

function buildIfStale() {
  const newest = Math.max(
    statSync(join(root, "tsconfig.json")).mtimeMs,
    ...["gateway", "subgraphs", "schema", "test"].map((folder) => newestChange(join(root, folder))),
  );
  if (existsSync(buildStamp) && Number(readFileSync(buildStamp, "utf8")) >= newest) return;
  run(pinnedNode, [
    join(root, "node_modules", "typescript-7", "bin", "tsc"),
    "-p",
    join(root, "tsconfig.json"),
  ]);
  writeFileSync(buildStamp, String(newest));
}

function handOver(args) {
  const child = spawn(pinnedNode, args, { cwd: process.cwd(), stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

const [target, ...rest] = process.argv.slice(2);
installIfStale();
const bin = (name, file) => join(root, "node_modules", name, file);
if (target === "--check") {
  run(pinnedNode, [bin("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."]);
  run(pinnedNode, [bin("eslint", "bin/eslint.js"), "--max-warnings", "0", "."]);
  buildIfStale();
  handOver([bin("jest", "bin/jest.js"), "--testPathPatterns", "(?<!\\.(db|e2e|ui))\\.test\\.ts$", ...rest]);
} else if (target === "--test") {
  buildIfStale();
  handOver([bin("jest", "bin/jest.js"), ...rest]);
} else {
  buildIfStale();
  handOver([join(root, "dist", target), ...rest]);
}
