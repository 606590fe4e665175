/** `hub screen`: what cannot be answered is refused at once, not found out by workers slice by slice. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { run } from "../../../gateway/cli/screen";
import { run as runWorker } from "../../../gateway/cli/worker";
import { jointDatabase } from "../../../subgraphs/joint";
import { migrate } from "../../../subgraphs/shared/migrate";
import { createTestDatabase, type TestDatabase } from "../../postgres";

let database: TestDatabase;
let folder: string;
const environment = { ...process.env };

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(jointDatabase, database.url);
  folder = mkdtempSync(join(tmpdir(), "hub-screen-command-"));
  Object.assign(process.env, { HUB_DATA_DIR: folder, JOINT_DATABASE_URL: database.url });
});
afterAll(async () => {
  process.env = environment;
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function countScreenings(): Promise<number> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM screening").finally(() => client.end());
  return rowCount!;
}

test.each([
  ["a scheme that is not there", ["--scheme", "no-such-scheme"], "There is no such scheme"],
  ["knowledge of the future", ["--known-at", "2999-01-01T00:00:00Z"], "knownAt lies in the future"],
  ["a day too far ahead", ["--as-of", "2999-01-01"], "ten years from today"],
  ["a folder that is not there", ["--out", join(tmpdir(), "no-such-folder", "rows.csv")], "no folder"],
  ["another kind of file", ["--out", "rows.txt"], "ends in .csv, .ndjson, .xlsx"],
])("%s is refused before anything is screened", async (_what, asked, reason) => {
  const args = ["--purpose", "LOAN", "--all", "--out", join(folder, "rows.csv"), ...asked];
  await expect(run(args)).rejects.toThrow(reason);
  expect(await countScreenings()).toBe(0);
});

test("a worker that is asked for help does not start to work", async () => {
  await expect(runWorker(["--help"])).rejects.toThrow("usage: npm run hub -- worker");
});
