import type { Pool } from "pg";
import { pino } from "pino";
import { openPool } from "../../subgraphs/shared/database";
import { type ChangeFeed, openChangeFeed } from "../../subgraphs/shared/change-feed";
import { migrate } from "../../subgraphs/shared/migrate";
import { type FactOutcome, recordFacts } from "../../subgraphs/shared/record-facts";
import { withdrawFact } from "../../subgraphs/shared/withdraw-fact";
import { tax } from "../../subgraphs/tax";
import { checkCharacter } from "../../schema/credit-code";
import { findFactType } from "../../schema/fact-catalogue";
import { type TestDatabase, createTestDatabase } from "../postgres";

let database: TestDatabase;
let pool: Pool;
let feed: ChangeFeed;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(tax, database.url);
  pool = openPool(database.url);
  feed = openChangeFeed(pool, pino({ level: "silent" }));
});

afterAll(async () => {
  await feed.close();
  await pool.end();
  await database.drop();
});

const codeOf = (index: number): string => {
  const body = `91330206FEED${String(index).padStart(5, "0")}`;
  return body + checkCharacter(body);
};

async function recordArrears(
  creditCodes: readonly string[],
  documentNumber: string,
): Promise<readonly FactOutcome[]> {
  const rows = creditCodes.map((creditCode) => ({
    type: "TaxArrears",
    creditCode,
    documentNumber,
    amount: "100.00",
    since: "2020-01-01",
  }));
  return recordFacts(pool, { keeper: tax, rows }, { mayMigrateHistory: false, isReplay: false });
}

const positionNow = async (): Promise<number> => (await feed.read(null, 0)).position;

test("a recorded and a withdrawn fact are published under their enterprise, in order", async () => {
  const start = await positionNow();
  const [outcome] = await recordArrears([codeOf(1)], "A");
  const afterRecording = await feed.read(start, 0);
  expect(afterRecording).toMatchObject({ after: start, changed: [codeOf(1)] });
  const id = (outcome as { id: string }).id;
  await withdrawFact(pool, { type: findFactType("TaxArrears")!, id, reason: "paid before" });
  const afterWithdrawal = await feed.read(afterRecording.position, 0);
  expect(afterWithdrawal.changed).toEqual([codeOf(1)]);
  expect(afterWithdrawal.position).toBeGreaterThan(afterRecording.position);
});

test("what was recorded already is not published again", async () => {
  await recordArrears([codeOf(2)], "B");
  const start = await positionNow();
  await recordArrears([codeOf(2)], "B");
  expect((await feed.read(start, 0)).changed).toEqual([]);
});

test("a waiting reader is woken by the commit", async () => {
  await new Promise((resolve) => setTimeout(resolve, 300)); // until the listener's connection stands
  const start = await positionNow();
  const beganAt = performance.now();
  const page = feed.read(start, 5000);
  setTimeout(() => void recordArrears([codeOf(3)], "C"), 50);
  expect((await page).changed).toEqual([codeOf(3)]);
  expect(performance.now() - beganAt).toBeLessThan(2000);
});

test("a recording of very many enterprises is published as a gap, not as a list", async () => {
  const start = await positionNow();
  await recordArrears(
    Array.from({ length: 2001 }, (_, index) => codeOf(10_000 + index)),
    "D",
  );
  const page = await feed.read(start, 0);
  expect(page.after).toBeNull();
  expect(page.position).toBeGreaterThan(start);
});

test("a position from before what is kept is answered as a gap", async () => {
  expect((await feed.read(1, 0)).after).toBeNull();
});

test("a refused recording publishes nothing", async () => {
  const start = await positionNow();
  const [outcome] = await recordArrears(["91330206FAKE002751"], "E");
  expect(outcome!.outcome).toBe("rejected");
  expect((await feed.read(start, 0)).changed).toEqual([]);
});
