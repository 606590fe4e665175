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

/** Creates every role and its database; nobody but the owner may connect to it. */
export async function createDatabases(superuserUrl: string, passwords: Passwords): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const name of DATABASES) {
      await client.query(`CREATE ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(passwords[name])}`);
      await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
      await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    }
    await client.query("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
  } finally {
    await client.end();
  }
}
