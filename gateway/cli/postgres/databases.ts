/** Databases, roles and their passwords: each subgraph reaches its own database and no other. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { DATABASES, type DatabaseName } from "./names";

/** Role -> password; `superuser` owns the server. */
export type Passwords = Readonly<Record<DatabaseName | "superuser", string>>;

/** The passwords kept in the data folder (mode 0600), made at the first start. */
export function readPasswords(dataDir: string): Passwords {
  const path = join(dataDir, "postgres-passwords.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Passwords;
  const roles = ["superuser", ...DATABASES];
  const passwords = Object.fromEntries(
    roles.map((role) => [role, randomBytes(24).toString("base64url")]),
  ) as Passwords;
  writeFileSync(path, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return passwords;
}

async function ensureDatabase(client: Client, name: DatabaseName, password: string): Promise<void> {
  const exists = async (text: string): Promise<boolean> => (await client.query(text, [name])).rowCount === 1;
  const verb = (await exists("SELECT FROM pg_roles WHERE rolname = $1")) ? "ALTER" : "CREATE";
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  if (!(await exists("SELECT FROM pg_database WHERE datname = $1")))
    await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
}

/** Creates every role and its database where they are missing, and sets the passwords; nobody but the owner may connect. */
export async function ensureDatabases(
  superuserUrl: string,
  passwords: Readonly<Record<DatabaseName, string>>,
): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const name of DATABASES) await ensureDatabase(client, name, passwords[name]);
    await client.query("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
  } finally {
    await client.end();
  }
}
