/** Databases for tests, on the one server of the run (`postgres-server.ts`). */
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { Client } from "pg";
import { DATABASES, type DatabaseName } from "../gateway/cli/postgres/names";
import { SOCKET_VARIABLE } from "./postgres-server";

/** A database of one test file. `drop` cuts its sessions and removes it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** The same as `startPostgres` gives, on databases of the caller's own. */
export interface TestDatabases {
  readonly urlOf: (database: DatabaseName) => string;
  readonly close: () => Promise<void>;
}

let superuserUrl: Promise<string> | undefined;

async function askForServer(): Promise<string> {
  const socket = connect(process.env[SOCKET_VARIABLE]!);
  let text = "";
  for await (const chunk of socket.setEncoding("utf8")) text += chunk as string;
  const answer = JSON.parse(text) as { readonly url?: string; readonly error?: string };
  if (!answer.url) throw new Error(`the test server did not start: ${answer.error}`);
  return answer.url;
}

async function runAsSuperuser(statement: string): Promise<URL> {
  const url = await (superuserUrl ??= askForServer());
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
  return new URL(url);
}

/**
 * A new database, empty or a copy of `template` (to which no session may be open while it is copied). The caller is
 * superuser in it.
 */
export async function createTestDatabase(template?: TestDatabase): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const source = template?.name ?? "template0";
  const url = await runAsSuperuser(`CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY file_copy`);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: async () => void (await runAsSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** One empty database for each subgraph. */
export async function createTestDatabases(): Promise<TestDatabases> {
  const pairs: [DatabaseName, TestDatabase][] = [];
  for (const name of DATABASES) pairs.push([name, await createTestDatabase()]);
  const byName = new Map(pairs);
  return {
    urlOf: (database) => byName.get(database)!.url,
    close: async () => {
      for (const database of byName.values()) await database.drop();
    },
  };
}
