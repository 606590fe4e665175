/** The gateway as a process: any supergraph, signed, reloaded and stopped under load (rows 64, 65 and 67). */
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../schema/root";
import { post, send } from "../http/test-server";
import { composeCity, startRegistry, startTax, type ListeningSubgraph } from "./small-city";

let registry: ListeningSubgraph;
let tax: ListeningSubgraph;
let folder: string;
let file: string;
let url: string;
let gateway: ChildProcess;
let output = "";

const check = { query: '{enterprise(code:"10"){name tax{amount}}}' };
const answer = { data: { enterprise: { name: "enterprise 10", tax: { amount: 10.5 } } } };
const signer = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  registry = await startRegistry();
  tax = await startTax();
  folder = mkdtempSync(join(tmpdir(), "hub-reload-"));
  file = join(folder, "supergraph.graphql");
  replace(composeCity({ registry: registry.url, tax: tax.url }));
  const key = join(folder, "supergraph-key.pem");
  writeFileSync(key, signer.publicKey.export({ format: "pem", type: "spki" }));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const main = join(repositoryRoot, "dist", "gateway", "main.js");
  gateway = spawn(process.execPath, [main, "--supergraph", file, "--port", String(port), "--open"], {
    env: { ...process.env, HUB_SUPERGRAPH_KEY: key },
  });
  gateway.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  gateway.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(async () => (await send(`${url}/readyz`)).status === 200);
});

afterAll(async () => {
  gateway.kill("SIGKILL");
  await registry.close();
  await tax.close();
  rmSync(folder, { recursive: true });
});

test("any supergraph is answered, its schema is open, and the log says loopback only", async () => {
  expect((await post(url, check)).body).toEqual(answer);
  expect((await post(url, { query: '{__type(name:"TaxRecord"){name}}' })).status).toBe(200);
  expect(output).toContain("loopback only");
});

test("supergraphs come and go without a failed request (64)", async () => {
  const load = startLoad();
  for (let version = 1; version <= 5; version++) {
    replace(`${composeCity({ registry: registry.url, tax: tax.url })}\n# version ${version}\n`);
    await pause(400);
  }
  const { failed, answered } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(50);
  expect(output.match(/the supergraph was reloaded/g)).toHaveLength(5);
});

const anotherCity = () => `${composeCity({ registry: registry.url, tax: tax.url })}\n# another version\n`;

test.each<[string, () => string, KeyObject | null]>([
  ["does not parse", () => "type Query {", signer.privateKey],
  ["is no supergraph", () => "type Query { a: Int }", signer.privateKey],
  ["is unsigned", anotherCity, null],
  ["is signed by a stranger", anotherCity, stranger.privateKey],
])("a supergraph that %s is refused, and the old one goes on (64)", async (_name, compose, key) => {
  const refusals = () => output.split("the new supergraph is refused").length;
  const before = refusals();
  replace(compose(), key);
  await waitFor(() => Promise.resolve(refusals() === before + 1));
  gateway.kill("SIGHUP");
  await waitFor(() => Promise.resolve(refusals() === before + 2));
  expect((await post(url, check)).body).toEqual(answer);
});

test("under load the process stops with 0 and no request is failed (67)", async () => {
  const load = startLoad();
  await pause(500);
  gateway.kill("SIGTERM");
  const [status] = (await once(gateway, "exit")) as [number];
  const { failed } = await load.stop();
  expect(status).toBe(0);
  expect(failed).toEqual([]);
});

/** Requests one after another on four connections; a connection that is refused means that the hub has left. */
function startLoad(): { stop(): Promise<{ failed: string[]; answered: number }> } {
  let isStopped = false;
  let answered = 0;
  const failed: string[] = [];
  const run = async () => {
    while (!isStopped) {
      try {
        const received = await post(url, check);
        if (received.status === 200 && !received.body.errors) answered++;
        else failed.push(received.text);
      } catch (error) {
        const { code } = (error as { cause?: { code?: string } }).cause ?? {};
        if (code === "ECONNREFUSED") return;
        failed.push(String(code ?? error));
      }
    }
  };
  const runs = Promise.all([run(), run(), run(), run()]);
  return {
    async stop() {
      isStopped = true;
      await runs;
      return { failed, answered };
    },
  };
}

function replace(sdl: string, key: KeyObject | null = signer.privateKey): void {
  rmSync(`${file}.sig`, { force: true });
  if (key) writeFileSync(`${file}.sig`, sign(null, Buffer.from(sdl), key));
  writeFileSync(`${file}.next`, sdl);
  renameSync(`${file}.next`, file);
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 15_000; performance.now() < until; await pause(100))
    if (await holds().catch(() => false)) return;
  throw new Error(`waited in vain; the process said: ${output}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
