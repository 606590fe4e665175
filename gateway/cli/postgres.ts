/** The embedded PostgreSQL: one server in the data folder, one database and one role a subgraph. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findAccount } from "./postgres/account";
import { prepareBinaries } from "./postgres/binaries";
import { createCluster, placeCluster, READY_MARK } from "./postgres/cluster";
import { ensureDatabases, readPasswords } from "./postgres/databases";
import type { DatabaseName } from "./postgres/names";
import { type ServerCrash, superviseServer } from "./postgres/server";

/** Where and how the server runs. `port` is any free one unless given; `durable: false` is for tests alone. */
export interface PostgresOptions {
  readonly dataDir: string;
  readonly port?: number;
  readonly durable?: boolean;
  /** Told when the server died by itself; it has been started again on the same port unless `restarted` is false. */
  readonly onCrash?: (crash: ServerCrash) => void;
}

/** A running server. `close` waits until it has stopped. */
export interface Postgres {
  readonly port: number;
  readonly urlOf: (database: DatabaseName) => string;
  /** The owner of the server, for tests and for the hub's own upkeep. */
  readonly superuserUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the server on 127.0.0.1, creating cluster, databases, roles and passwords where they are missing. A server
 * that an earlier hub left behind in the same folder is stopped first; that no other hub is alive there is the
 * caller's to make sure (`lockDataFolder`).
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, durable = true } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const account = findAccount();
  const binaries = prepareBinaries(dataDir, account);
  const passwords = readPasswords(dataDir);
  const clusterDir = placeCluster(dataDir, account);
  const owner = { binaries, clusterDir, account };
  const isNew = createCluster(owner, { password: passwords.superuser, durable });
  const server = await superviseServer(owner, {
    logFile: join(dataDir, "postgres.log"),
    durable,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.onCrash && { onCrash: options.onCrash }),
  });
  const url = (role: DatabaseName | "superuser", database: string): string =>
    `postgres://${role}:${passwords[role]}@127.0.0.1:${server.port}/${database}`;
  const superuserUrl = url("superuser", "postgres");
  try {
    if (isNew) {
      await ensureDatabases(superuserUrl, passwords);
      writeFileSync(join(clusterDir, READY_MARK), "");
    }
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    port: server.port,
    urlOf: (database) => url(database, database),
    superuserUrl,
    close: server.close,
  };
}
