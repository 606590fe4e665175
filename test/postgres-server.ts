/**
 * Jest's global set-up: one PostgreSQL server a run, owned by Jest's main process and started when the first test asks
 * for it over a local socket. A run of pure tests starts none.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Postgres, startPostgres } from "../gateway/cli/postgres";

/** Where a test asks: whoever connects is sent the superuser's URL. */
export const SOCKET_VARIABLE = "HUB_TEST_POSTGRES_SOCKET";

const running = globalThis as typeof globalThis & { stopTestPostgres?: () => Promise<void> };

export default async function startOnDemand(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hub-test-postgres-"));
  let starting: Promise<Postgres> | undefined;
  const desk = createServer((asker) => {
    asker.on("error", () => undefined);
    starting ??= startPostgres({ dataDir: join(folder, "data"), durable: false });
    starting.then(
      (postgres) => asker.end(JSON.stringify({ url: postgres.superuserUrl })),
      (error: Error) => asker.end(JSON.stringify({ error: error.message })),
    );
  });
  const socket = join(folder, "ask");
  await new Promise<void>((resolve) => desk.listen(socket, resolve));
  desk.unref();
  process.env[SOCKET_VARIABLE] = socket;
  running.stopTestPostgres = async () => {
    desk.close();
    await starting?.then((postgres) => postgres.close()).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
}
