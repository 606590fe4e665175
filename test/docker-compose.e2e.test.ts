/** No Docker engine is at hand: the compose file is checked against its schema, and every command of it is run here. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { DATABASES } from "../gateway/cli/postgres/names";
import { repositoryRoot } from "../schema/root";
import { waitUntil } from "./hub";
import { createTestDatabase, type TestDatabase } from "./postgres";

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
}

const read = (...path: string[]): string => readFileSync(join(repositoryRoot, ...path), "utf8");
const text = read("docker-compose.yml");
const compose = parse(text, { merge: true }) as { readonly services: Readonly<Record<string, Service>> };
const { services } = compose;
const subgraphs = [...DATABASES];

const strings = { type: "array", items: { type: "string" }, uniqueItems: true };
const duration = { type: "string", pattern: "^\\d+(s|m|h)$" };
// What of the Compose Specification this file uses, and nothing else.
const composeSchema = {
  type: "object",
  additionalProperties: false,
  patternProperties: { "^x-": {} },
  required: ["services"],
  properties: {
    name: { type: "string" },
    networks: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: { internal: { type: "boolean" } },
        additionalProperties: false,
      },
    },
    volumes: { type: "object", additionalProperties: { type: "object", maxProperties: 0 } },
    services: {
      type: "object",
      patternProperties: {
        "^[a-zA-Z0-9._-]+$": {
          type: "object",
          required: ["image", "environment", "networks"],
          additionalProperties: false,
          properties: {
            image: { type: "string" },
            build: {
              type: "object",
              additionalProperties: false,
              properties: { context: { type: "string" }, dockerfile: { type: "string" } },
            },
            command: { ...strings, uniqueItems: false },
            environment: { type: "object", additionalProperties: { type: "string" } },
            restart: { enum: ["no", "always", "on-failure", "unless-stopped"] },
            init: { type: "boolean" },
            read_only: { type: "boolean" },
            cap_drop: strings,
            security_opt: strings,
            networks: strings,
            volumes: strings,
            ports: strings,
            shm_size: { type: "string" },
            stop_grace_period: duration,
            depends_on: {
              type: "object",
              additionalProperties: {
                type: "object",
                required: ["condition"],
                additionalProperties: false,
                properties: {
                  condition: {
                    enum: ["service_started", "service_healthy", "service_completed_successfully"],
                  },
                },
              },
            },
            healthcheck: {
              type: "object",
              additionalProperties: false,
              required: ["test"],
              properties: {
                test: { type: "array", items: { type: "string" } },
                interval: duration,
                timeout: duration,
                start_period: duration,
                retries: { type: "integer" },
              },
            },
          },
        },
      },
      additionalProperties: false,
    },
  },
};

test("the file is as the Compose Specification has it", () => {
  const validate = new Ajv({ allErrors: true }).compile(composeSchema);
  validate(compose);
  expect(validate.errors).toBeNull();
  expect(Object.keys(services)).toEqual(["postgres", "ensure-databases", ...subgraphs, "gateway"]);
});

test("no password stands in the file, and a missing one stops the start", () => {
  const passwords = text.match(/[A-Z]+_PASSWORD[:}][^\n]*/g)!.filter((found) => found.includes("_PASSWORD:"));
  expect(passwords.length).toBeGreaterThan(0);
  for (const found of text.match(/\$\{[^}]*\}/g)!)
    expect(found).toMatch(/^\$\{(\w+_PASSWORD:\?set it in \.env|name)\}$/);
  for (const { environment } of Object.values(services))
    for (const [name, value] of Object.entries(environment))
      if (/PASSWORD|_URL$/.test(name) && value.includes("@postgres"))
        expect(value).toContain(":?set it in .env}");
});

test("only the gateway is reached from outside, from this machine alone, and it reaches no database", () => {
  const published = Object.entries(services).filter(([, { ports }]) => ports);
  expect(published.map(([name, { ports }]) => [name, ports])).toEqual([["gateway", ["127.0.0.1:4000:4000"]]]);
  expect(services["gateway"]!.networks).not.toContain("databases");
});

test("the image holds every file that its commands name", () => {
  const dockerfile = read("gateway", "cli", "Dockerfile");
  for (const { command = [] } of Object.values(services)) {
    const entry = command.find((word) => word.startsWith("dist/"));
    if (entry)
      expect(existsSync(join(repositoryRoot, entry.replace(/^dist\//, "").replace(/\.js$/, ".ts")))).toBe(
        true,
      );
  }
  for (const [, sources] of dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm))
    for (const source of sources!.split(" ")) expect(existsSync(join(repositoryRoot, source))).toBe(true);
  for (const [, source] of dockerfile.matchAll(/^COPY --from=build \/hub\/(\S+)/gm))
    if (!/^(dist|node_modules)$/.test(source!)) expect(existsSync(join(repositoryRoot, source!))).toBe(true);
});

describe("every command of the file, run on this machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-compose-"));
  const ports = new Map<string, number>();
  const running: ChildProcess[] = [];
  let server: TestDatabase;

  async function takePort(): Promise<number> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }

  // What Docker's network and .env would say, said for this machine.
  function localise(value: string): string {
    const { host } = new URL(server.url);
    let local = value
      .replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) =>
        name === "POSTGRES_PASSWORD" ? new URL(server.url).password : `${name}-of-test`,
      )
      .replace("postgres://postgres:", "postgres://superuser:")
      .replace("@postgres:5432", `@${host}`)
      .replace("0.0.0.0", "127.0.0.1")
      .replace(/^\/data$/, folder);
    for (const [index, name] of subgraphs.entries())
      local = local
        .replace(`http://${name}:${4001 + index}`, `http://127.0.0.1:${ports.get(name)}`)
        .replace(new RegExp(`(^|:)${4001 + index}(?=$|/)`), `$1${ports.get(name)}`);
    return local.replace(/(^|:)4000(?=$|\/)/, `$1${ports.get("gateway")}`);
  }

  function start(
    name: string,
    command: readonly string[],
  ): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    const environment = Object.entries(services[name]!.environment).map(([key, value]) => [
      key,
      localise(value),
    ]);
    const [, ...args] = command.map(localise);
    const child = spawn(join(repositoryRoot, "node_modules", "node", "bin", "node"), args, {
      cwd: repositoryRoot,
      env: { PATH: process.env["PATH"], ...Object.fromEntries(environment) },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    running.push(child);
    return { child, output: () => output, ended };
  }

  beforeAll(async () => {
    server = await createTestDatabase();
    for (const name of [...subgraphs, "gateway"]) ports.set(name, await takePort());
  }, 60_000);
  afterAll(async () => {
    for (const child of running) child.kill("SIGKILL");
    await server.drop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const healthOf = async (name: string): Promise<boolean> =>
    (await start(name, services[name]!.healthcheck!.test.slice(1)).ended) === 0;

  const askGateway = async (): Promise<{ readonly data?: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${ports.get("gateway")}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: `{ enterprise(creditCode: "91330206FAKE000138") { tax { arrears { id } } decision(purpose: LOAN) { outcome } } }`,
      }),
    });
    return (await response.json()) as { readonly data?: unknown };
  };

  test("brings up the hub, which answers, and stops on SIGTERM", async () => {
    for (const round of [1, 2]) {
      const databases = start("ensure-databases", services["ensure-databases"]!.command!);
      expect({ round, status: await databases.ended, output: databases.output() }).toMatchObject({
        status: 0,
      });
    }
    const parts = [...subgraphs, "gateway"].map((name) => ({
      name,
      ...start(name, services[name]!.command!),
    }));
    const outputs = () => JSON.stringify(parts.map(({ name, output }) => [name, output().slice(-500)]));
    for (const { name } of parts) await waitUntil(() => healthOf(name), outputs, 90_000);
    const answer = await askGateway();
    if (!answer.data) throw new Error(`${JSON.stringify(answer)} ${outputs()}`);
    expect(answer).toMatchObject({
      data: { enterprise: { tax: { arrears: [] }, decision: { outcome: "NORMAL" } } },
    });
    for (const { child } of parts) child.kill("SIGTERM");
    expect(await Promise.all(parts.map(({ ended }) => ended))).toEqual(parts.map(() => 0));
  }, 240_000);
});
