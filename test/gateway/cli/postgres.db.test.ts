import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type Postgres, startPostgres } from "../../../gateway/cli/postgres";
import { DATABASES } from "../../../gateway/cli/postgres/names";
import { createTestDatabase } from "../../postgres";

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

const readPid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

describe("the embedded PostgreSQL", () => {
  let dataDir: string;
  let postgres: Postgres;
  const crashes: string[] = [];
  const start = () => startPostgres({ dataDir, onCrash: ({ reason }) => crashes.push(reason) });

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "hub-postgres-"));
    postgres = await start();
  });
  afterAll(async () => {
    await postgres.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("each subgraph reaches its own database", async () => {
    for (const name of DATABASES)
      expect(
        await query(postgres.urlOf(name), "SELECT current_database() AS it, current_user AS me"),
      ).toEqual([{ it: name, me: name }]);
  });

  test("no subgraph reaches the database of another", async () => {
    const intoSafety = new URL(postgres.urlOf("tax"));
    intoSafety.pathname = "/safety";
    await expect(query(intoSafety.href, "SELECT 1")).rejects.toThrow(/permission denied/);
  });

  test("the passwords are for the owner's eyes", () => {
    expect(statSync(join(dataDir, "postgres-passwords.json")).mode & 0o777).toBe(0o600);
  });

  test("two Chinese characters can be searched by trigram", async () => {
    await query(postgres.urlOf("safety"), "CREATE EXTENSION pg_trgm");
    expect(await query(postgres.urlOf("safety"), "SELECT cardinality(show_trgm('北仑')) AS count")).toEqual([
      { count: 3 },
    ]);
  });

  test("a write is durable before it is acknowledged", async () => {
    expect(
      await query(
        postgres.urlOf("tax"),
        "SELECT current_setting('fsync') AS f, current_setting('synchronous_commit') AS s",
      ),
    ).toEqual([{ f: "on", s: "on" }]);
  });

  test("a server killed with -9 is back on the same port with everything that was acknowledged", async () => {
    await query(postgres.urlOf("tax"), "CREATE TABLE kept AS SELECT 7 AS number");
    process.kill(readPid(dataDir), "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await eventually(() => query(postgres.urlOf("tax"), "SELECT number FROM kept"))).toEqual([
      { number: 7 },
    ]);
    expect(crashes).toEqual(["exit SIGKILL"]);
  });

  test("a second start keeps databases and passwords, and a stale pid file does not stop it", async () => {
    await postgres.close();
    writeFileSync(join(dataDir, "postgres", "postmaster.pid"), `${process.pid}\n/elsewhere\n`);
    postgres = await start();
    expect(await query(postgres.urlOf("tax"), "SELECT number FROM kept")).toEqual([{ number: 7 }]);
  });
});

test("a database of a test starts as a copy of its template", async () => {
  const template = await createTestDatabase();
  await query(template.url, "CREATE TABLE seeded AS SELECT 1 AS one");
  const copy = await createTestDatabase(template);
  expect(await query(copy.url, "SELECT one FROM seeded")).toEqual([{ one: 1 }]);
  await copy.drop();
  await template.drop();
});
