/**
 * `node dist/test/bench/audit.js FOLDER [suite ...]`: answers the public audit (github graphql-hive/federation-gateway-audit,
 * installed in FOLDER) with our engine in --open mode, and prints the table. Exits with 1 unless every case passes.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createEngine } from "../../gateway/engine/engine";
import { coalesceEntities } from "../../gateway/transport/coalesce";
import { createHttpTransport } from "../../gateway/transport/http";

interface AuditCase {
  readonly query: string;
  readonly expected: { readonly data?: unknown; readonly errors?: boolean };
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

async function runSuite(base: string, id: string): Promise<SuiteResult> {
  const supergraphSdl = await (await fetch(`${base}/${id}/supergraph`)).text();
  const cases = (await readJson(`${base}/${id}/tests`)) as AuditCase[];
  const engine = createEngine({
    supergraphSdl,
    transports: (_name, url) => coalesceEntities(createHttpTransport({ url: url!, timeoutMs: 5_000 })),
    subgraphErrors: { passThrough: true },
  });
  const failures: string[] = [];
  for (const [index, { query, expected }] of cases.entries()) {
    const context = {
      requestId: `${id}-${index}`,
      deadlineAt: performance.now() + 10_000,
      attributes: {},
      mayReadSchema: true,
    };
    const { json } = await engine.execute({ query }, context);
    const answer = JSON.parse(json) as { data?: unknown; errors?: unknown[] };
    const wrong = compare(answer, expected);
    if (wrong)
      failures.push(
        `${id} ${index}: ${wrong}\n${query}\nexpected ${JSON.stringify(expected)}\nreceived ${json}`,
      );
  }
  await engine.close();
  return { id, passed: cases.length - failures.length, failures };
}

/** As the audit's own test does: equal data; errors only where the case says whether there are any. */
function compare(
  answer: { data?: unknown; errors?: unknown[] },
  expected: AuditCase["expected"],
): string | undefined {
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
  return spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
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
