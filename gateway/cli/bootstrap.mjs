// Runs a compiled entry point from a fresh clone: installs and builds what is missing or stale, then hands over to
// the pinned Node. Plain JavaScript on purpose: it is the one file that runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
const PARENT_POLL_MS = 1000;
// V8 lets the young generation grow only with what survives in it, and of a request nothing does: it would stay at 1 MB and
// be collected all the time (1,832 instead of 114 times in one loop). Neither NODE_OPTIONS nor a running process can set this.
const NODE_FLAGS = ["--min-semi-space-size=16"];

const startedAt = Date.now();
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const installStamp = join(root, "node_modules", ".hub-installed");
const buildStamp = join(root, "dist", ".hub-built");
const pinnedNode = join(root, "node_modules", "node", "bin", "node");

const fingerprint = (text) => createHash("sha256").update(text).digest("hex");
const readText = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function fail(sentence) {
  console.error(`hub: ${sentence}`);
  process.exit(1);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) fail(`${command} ${args.join(" ")} failed with exit status ${status}`);
}

// A clone that nobody may write to is run as it is, if somebody installed and built it before.
function requireWritable(folder, what) {
  try {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, ".hub-writable"), "");
  } catch {
    fail(
      `${what} is out of date and ${join(root, folder)} cannot be written: run npm start once as its owner`,
    );
  }
}

// Whether npm's own note of what lies in node_modules holds every package of the lockfile in its version.
function isInstalled(lockfile) {
  const present =
    JSON.parse(readText(join(root, "node_modules", ".package-lock.json")) || "{}").packages ?? {};
  const wanted = Object.entries(JSON.parse(lockfile).packages).filter(
    ([path, { optional }]) => path && !optional,
  );
  return wanted.every(([path, { version }]) => present[path]?.version === version);
}

function installIfStale() {
  const lockfile = readFileSync(join(root, "package-lock.json"), "utf8");
  const wanted = fingerprint(lockfile);
  if (existsSync(pinnedNode) && (readText(installStamp) === wanted || isInstalled(lockfile))) return;
  requireWritable("node_modules", "the installation");
  console.error("hub: installing dependencies (first start only)");
  // Not `npm ci`: it refuses the lockfile when a mirror lacks optional binaries of platforms that nobody here runs.
  // `--no-save` keeps the lockfile as it is, and what it pins is what is installed.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (!existsSync(pinnedNode))
    fail("npm did not install Node 24: allow the install script of the package 'node'");
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
  if (Number(readText(buildStamp)) >= newest) return;
  requireWritable("dist", "the build");
  run(pinnedNode, [
    join(root, "node_modules", "typescript-7", "bin", "tsc"),
    "-p",
    join(root, "tsconfig.json"),
  ]);
  writeFileSync(buildStamp, String(newest));
}

// This process's parent and, where the system shows it, the parent's: npm starts a shell that starts this.
function readAncestors() {
  const stat = `/proc/${process.ppid}/stat`;
  const grandparent = existsSync(stat) ? readFileSync(stat, "utf8").split(") ").at(-1).split(" ")[1] : "";
  return `${process.ppid} ${grandparent}`;
}

// npm that is killed takes nobody along; what it started must not stay behind. The child sees this process end itself.
function followParent(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const ancestors = readAncestors();
  const timer = setInterval(() => {
    if (readAncestors() === ancestors) return;
    clearInterval(timer);
    stop("SIGTERM");
  }, PARENT_POLL_MS);
  timer.unref();
}

function handOver(args) {
  const child = spawn(pinnedNode, args, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      // Compiled code is kept for the next start, of this process and of those that it starts.
      NODE_COMPILE_CACHE: join(root, "dist", ".compile-cache"),
      ...process.env,
      HUB_BOOTSTRAPPED_AT: String(startedAt),
    },
  });
  const stop = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  followParent(stop);
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE)
  fail(`Node ${OLDEST_NODE} or newer is needed to start; this is ${process.version}`);
const [target, ...rest] = process.argv.slice(2);
installIfStale();
const bin = (name, file) => join(root, "node_modules", name, file);
const jest = bin("jest", "bin/jest.js");
// Tests run side by side; those with a whole hub one after another, each with the machine to itself.
const sideBySide = ["--maxWorkers", "100%"];
const pureTests = ["--testPathPatterns", "(?<!\\.(db|e2e|ui))\\.test\\.ts$", ...sideBySide];
const testsWithoutHub = ["--testPathPatterns", "(?<!\\.(e2e|ui))\\.test\\.ts$", ...sideBySide];
const hubTests = ["--testPathPatterns", "\\.(e2e|ui)\\.test\\.ts$", "--runInBand"];
if (target === "--check") {
  run(pinnedNode, [bin("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."]);
  run(pinnedNode, [bin("eslint", "bin/eslint.js"), "--max-warnings", "0", "."]);
  buildIfStale();
  handOver([jest, ...pureTests, ...rest]);
} else if (target === "--test") {
  buildIfStale();
  if (rest.length === 0) run(pinnedNode, [jest, ...testsWithoutHub]);
  handOver([jest, ...(rest.length === 0 ? hubTests : rest)]);
} else {
  buildIfStale();
  handOver([...NODE_FLAGS, join(root, "dist", target), ...rest]);
}
