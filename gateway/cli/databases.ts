/** How a command reaches the databases: as configured, those of the running hub, or a server of its own meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import { readPasswords } from "./postgres/databases";
import type { DatabaseName } from "./postgres/names";
import { startPostgres } from "./postgres";
import { findHolder, type Holder, lockDataFolder } from "./data-folder";

const HUB_START_MAX_MS = 60_000;
const POLL_MS = 100;

/** What the launcher calls itself in the data folder. */
export const HUB_WORK = "the hub";
/** What an import calls itself there. */
export const IMPORT_WORK = "an import";

/** Databases that a command can reach until it closes them. */
export interface Databases {
  /** The address now: after a restart of the hub it is another one. */
  readonly urlOf: (database: DatabaseName) => string;
  readonly close: () => Promise<void>;
}

/** The hub whose server was used is gone; when it is started again, `urlOf` gives the new address. */
export class ServerAway extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

function configuredUrl(environment: Environment, database: DatabaseName): string | undefined {
  return environment[`${database.toUpperCase()}_DATABASE_URL`] || undefined;
}

function embeddedUrl(dataDir: string, database: DatabaseName): string {
  const port = findHolder(dataDir)?.postgresPort;
  if (!port) throw new ServerAway("the hub has stopped, and its database server with it");
  return `postgres://${database}:${readPasswords(dataDir)[database]}@127.0.0.1:${port}/${database}`;
}

// An import ends soon, and its server with it.
const offersServer = (holder: Holder | undefined): boolean =>
  holder !== undefined && holder.work !== IMPORT_WORK;

async function waitForServer(dataDir: string): Promise<void> {
  for (const deadline = Date.now() + HUB_START_MAX_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const holder = findHolder(dataDir);
    if (!offersServer(holder) || holder?.postgresPort) return;
  }
}

// Nobody holds the folder: the server runs as long as this command.
async function startOwn(dataDir: string, work: string): Promise<Pick<Databases, "close">> {
  const lock = lockDataFolder(dataDir, work);
  try {
    const postgres = await startPostgres({ dataDir });
    lock.announce(postgres.port);
    const close = async (): Promise<void> => {
      await postgres.close();
      lock.release();
    };
    return { close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Reaches the databases that are named; `work` says what for, should another command meet it in the data folder. */
export async function openDatabases(
  names: readonly DatabaseName[],
  {
    dataDir,
    work,
    environment,
  }: { readonly dataDir: string; readonly work: string; readonly environment: Environment },
): Promise<Databases> {
  const isConfigured = names.every((name) => configuredUrl(environment, name));
  let own: Pick<Databases, "close"> | undefined;
  if (!isConfigured) {
    await waitForServer(dataDir);
    if (!offersServer(findHolder(dataDir))) own = await startOwn(dataDir, work);
  }
  return {
    urlOf: (database) => configuredUrl(environment, database) ?? embeddedUrl(dataDir, database),
    close: async () => own?.close(),
  };
}
