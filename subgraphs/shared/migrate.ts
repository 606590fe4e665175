/** Brings a subgraph's database to the present schema. TypeORM keeps the list; nothing is ever synchronised. */
import { Client } from "pg";
import { DataSource, type EntitySchema, type MigrationInterface } from "typeorm";

/** A class that TypeORM reads as a table or as a migration. */
export type TableClass = (new () => object) | (abstract new () => object);

/** What a subgraph keeps in its database. */
export interface DatabaseParts {
  readonly tables: readonly TableClass[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

// Any number: the lock that keeps two processes from migrating one database at the same time.
const MIGRATION_LOCK = 7_203_001;
const CONNECT_TIMEOUT_MS = 2_000;

/** A TypeORM data source over a subgraph's tables and migrations; the caller initialises and destroys it. */
export function createDataSource({ tables, migrations }: DatabaseParts, databaseUrl: string): DataSource {
  return new DataSource({
    type: "postgres",
    url: databaseUrl,
    entities: tables as unknown as (new () => object | EntitySchema)[],
    migrations: [...migrations],
    migrationsTableName: "migrations",
    synchronize: false,
    installExtensions: false,
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { max: 1 },
  });
}

/** Runs the migrations that have not run yet, one process at a time. */
export async function migrate(parts: DatabaseParts, databaseUrl: string): Promise<void> {
  const guard = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  guard.on("error", () => undefined);
  await guard.connect();
  try {
    await guard.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const dataSource = await createDataSource(parts, databaseUrl).initialize();
    try {
      await dataSource.runMigrations({ transaction: "each" });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await guard.end();
  }
}
