/**
 * `node dist/test/bench/audit.js FOLDER [suite ...]`: answers the public audit (github graphql-hive/federation-gateway-audit,
 * installed in FOLDER) by the gateway in --open mode, and prints the table. Exits with 1 unless every case passes.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { isDeepStrictEqual } from "node:util";
import { repositoryRoot } from "../../schema/root";

interface AuditCase {
  readonly query: string;
  readonly expected: { readonly data?: unknown; readonly errors?: boolean };
}

interface AuditAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

interface SuiteResult {
  readonly id: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

async function main([folder, ...only]: readonly string[]): Promise<number> {
  if (!folder) throw new Error("usage: audit FOLDER [suite ...]");
  const port = await findFreePort();
  const server = startAudit(folder, port);
  try {
    const base = `http://127.0.0.1:${port}`;
    await waitFor(`${base}/_health`);
    const ids = (await readJson(`${base}/ids`)) as string[];
    const results: SuiteResult[] = [];
    for (const id of ids.filter((each) => only.length === 0 || only.includes(each)))
      results.push(await runSuite(base, id));
    return report(results);
  } finally {
    server.kill();
  }
}

/** Starts the gateway on a suite's supergraph, exactly as `npm run gateway -- --supergraph FILE --port N --open` does. */
async function startGateway(
  supergraphSdl: string,
): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  const file = join(folder, "supergraph.graphql");
  writeFileSync(file, supergraphSdl);
  const port = await findFreePort();
  const main = join(repositoryRoot, "dist", "gateway", "main.js");
  const process = spawn(execPath, [main, "--supergraph", file, "--port", String(port), "--open"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...env, HUB_LOG_LEVEL: "error" },
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(`${url}/readyz`);
  rmSync(folder, { recursive: true });
  return { url: `${url}/graphql`, process };
}

async function runSuite(base: string, id: string): Promise<SuiteResult> {
  const supergraphSdl = await (await fetch(`${base}/${id}/supergraph`)).text();
  const cases = (await readJson(`${base}/${id}/tests`)) as AuditCase[];
  const gateway = await startGateway(supergraphSdl);
  const failures: string[] = [];
  for (const [index, { query, expected }] of cases.entries()) {
    const answer = await ask(gateway.url, query);
    const wrong = compare(answer, expected);
    if (wrong)
      failures.push(
        `${id} ${index}: ${wrong}\n${query}\nexpected ${JSON.stringify(expected)}\nreceived ${JSON.stringify(answer)}`,
      );
  }
  gateway.process.kill();
  return { id, passed: cases.length - failures.length, failures };
}

async function ask(url: string, query: string): Promise<AuditAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as AuditAnswer;
}

/** As the audit's own test does: equal data; errors only where the case says whether there are any. */
function compare(answer: AuditAnswer, expected: AuditCase["expected"]): string | undefined {
  if (!isDeepStrictEqual(answer.data ?? null, expected.data ?? null)) return "other data";
  if (typeof expected.errors === "boolean" && (answer.errors?.length ?? 0) > 0 !== expected.errors)
    return expected.errors ? "errors are missing" : "unexpected errors";
  return undefined;
}

function report(results: readonly SuiteResult[]): number {
  let passed = 0;
  let failed = 0;
  for (const { id, passed: ok, failures } of results) {
    passed += ok;
    failed += failures.length;
    console.log(`${failures.length === 0 ? "pass" : "FAIL"}  ${id.padEnd(44)} ${ok}/${ok + failures.length}`);
  }
  for (const { failures } of results) for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${passed}/${passed + failed} cases in ${results.length} suites`);
  return failed === 0 ? 0 : 1;
}

function startAudit(folder: string, port: number): ChildProcess {
  const tsx = join(folder, "node_modules", "tsx", "dist", "cli.mjs");
  const args = [tsx, join(folder, "src", "cli.ts"), "serve", "--port", String(port)];
  return spawn(execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

async function waitFor(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer.`);
}

async function readJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
