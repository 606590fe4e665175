/** Faults row 66 for imports: whatever is killed, the file ends up in the databases once, whole. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { findHolder } from "../gateway/cli/data-folder";
import { readPasswords } from "../gateway/cli/postgres/databases";
import {
  createHubPlace,
  type HubPlace,
  postgresProcess,
  processesOf,
  runHubCommand,
  startHubCommand,
  startTestHub,
  type TestHub,
  waitUntil,
} from "./hub";

const DEPARTMENTS = ["safety", "transport", "construction", "tax", "finance"] as const;
const ENTERPRISES = "9000";
const MORE_ENTERPRISES = "40000";
/** Of an import; when more are on record the first batch is noted as done. */
const BATCH_ROWS = 4_000;

let place: HubPlace;
let hub: TestHub;
let files: readonly string[];
let facts: number;

async function select(department: string, text: string): Promise<Record<string, unknown>[]> {
  const port = findHolder(place.dataDir)?.postgresPort;
  const password = readPasswords(place.dataDir)[department as "tax"];
  const client = new Client({
    connectionString: `postgres://${department}:${password}@127.0.0.1:${port}/${department}`,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function countRows(): Promise<number> {
  let rows = 0;
  for (const department of DEPARTMENTS) {
    const tables = await select(
      department,
      "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'content_digest'",
    );
    for (const { name } of tables) {
      const [count] = await select(department, `SELECT count(*)::int AS rows FROM "${String(name)}"`);
      rows += Number(count!["rows"]);
    }
  }
  return rows;
}

const hasRecordedSome = (least: number) => async (): Promise<boolean> =>
  (await countRows().catch(() => 0)) >= least;

const kill = (pid: number): void => void process.kill(pid, "SIGKILL");

beforeAll(async () => {
  place = await createHubPlace();
  hub = await startTestHub(place, ["--no-demo"]);
  const folder = join(place.dataDir, "city");
  await runHubCommand(place, ["generate", "--enterprises", ENTERPRISES, "--seed", "66", "--out", folder]);
  files = readdirSync(folder).map((name) => join(folder, name));
  facts = files.reduce((sum, file) => sum + readFileSync(file, "utf8").trim().split("\n").length, 0);
}, 240_000);

afterAll(async () => {
  await hub?.stop();
  const left = place ? processesOf(place) : [];
  place?.remove();
  expect(left).toEqual([]);
}, 60_000);

test("an import outlives PostgreSQL and the hub, both killed, and records every fact once", async () => {
  const { result } = startHubCommand(place, ["import", ...files]);
  await waitUntil(hasRecordedSome(1), () => "the import records nothing", 60_000);
  kill(postgresProcess(place));
  const before = facts / 4;
  await waitUntil(
    hasRecordedSome(before),
    () => "the import does not go on after PostgreSQL was killed",
    60_000,
  );
  kill(hub.pid);
  await hub.ended;
  hub = await startTestHub(place, ["--no-demo"]);
  const { status, stdout } = await result;
  expect({ status, rows: await countRows() }).toEqual({ status: 0, rows: facts });
  const [, recorded, unchanged] = /(\d+) recorded, (\d+) unchanged, 0 corrected, 0 rejected\s*$/.exec(
    stdout,
  )!;
  expect(Number(recorded) + Number(unchanged)).toBe(facts);
}, 240_000);

test("an import that is killed itself goes on when it is run again", async () => {
  const folder = join(place.dataDir, "next-city");
  await runHubCommand(place, [
    "generate",
    "--enterprises",
    MORE_ENTERPRISES,
    "--seed",
    "67",
    "--out",
    folder,
  ]);
  const file = join(folder, "safety.ndjson");
  const more = readFileSync(file, "utf8").trim().split("\n").length;
  // Registrations carry no document number: the same enterprises are corrected, not recorded, by another city.
  const before = await countRows();
  const { child } = startHubCommand(place, ["import", file]);
  await waitUntil(
    hasRecordedSome(before + BATCH_ROWS + 1),
    () => "the import records no second batch",
    60_000,
  );
  child.kill("SIGKILL");
  const { status, stdout, stderr } = await runHubCommand(place, ["import", file]);
  expect(stderr).toMatch(/goes on after row \d+/);
  const counts = /(\d+) recorded, (\d+) unchanged, (\d+) corrected, (\d+) rejected\s*$/
    .exec(stdout)!
    .slice(1)
    .map(Number);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(more);
  expect([0, 1]).toContain(status);
  const again = await runHubCommand(place, ["import", file]);
  expect(again.stdout).toMatch(/^0 recorded/);
}, 240_000);
