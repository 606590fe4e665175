/** The connections of a subgraph to its database: there before the first question, and after a quiet hour. */
import { openPool } from "../../../subgraphs/shared/database";
import { openSubgraph } from "../../../subgraphs/shared/open-subgraph";
import { tax } from "../../../subgraphs/tax";
import { createTestDatabase, type TestDatabase } from "../../postgres";

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

test("the first question finds a connection for each of its two statements", async () => {
  const { pool, close } = await openSubgraph(tax, database.url);
  expect(pool.idleCount).toBe(2);
  await close();
});

test("after a quiet hour two connections are still there, and no more", async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
  const pool = openPool(database.url);
  await Promise.all([1, 2, 3, 4].map(() => pool.query("SELECT 1")));
  expect(pool.idleCount).toBe(4);
  jest.advanceTimersByTime(3_600_000);
  jest.useRealTimers();
  expect(pool.idleCount).toBe(2);
  await pool.end();
});
