import { randomUUID } from "node:crypto";
import { Logger, runOnce } from "graphile-worker";
import type { Pool } from "pg";
import { checkCharacter } from "../../../../schema/credit-code";
import { jointDatabase } from "../../../../subgraphs/joint";
import {
  type AskGraph,
  type ScreeningQuestion,
  sliceCodes,
} from "../../../../subgraphs/joint/screening/screening";
import { type Screenings, openScreenings } from "../../../../subgraphs/joint/screening/screenings";
import { createScreeningStore } from "../../../../subgraphs/joint/screening/store";
import { screeningTasks } from "../../../../subgraphs/joint/screening/tasks";
import { openPool } from "../../../../subgraphs/shared/database";
import { migrate } from "../../../../subgraphs/shared/migrate";
import { type TestDatabase, createTestDatabase } from "../../../postgres";

const question: ScreeningQuestion = { purpose: "LOAN", scheme: null, asOf: "2026-01-01", knownAt: null };
const silent = new Logger(() => () => undefined);

const codes = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const body = `91330206CRRN${String(index).padStart(5, "0")}`;
    return body + checkCharacter(body);
  });

let database: TestDatabase;
let pool: Pool;
let screenings: Screenings;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(jointDatabase, database.url);
  pool = openPool(database.url);
  screenings = openScreenings(pool);
});

afterAll(async () => {
  await screenings.close();
  await pool.end();
  await database.drop();
});

/** A graph that knows a population and decides by the last character of a code; `asked` is how often for each code. */
function createGraph(population: readonly string[]) {
  const asked = new Map<string, number>();
  let failuresLeft = 0;
  const ask: AskGraph = async (query, variables) => {
    if (query.includes("registeredCreditCodes")) {
      const after = variables["after"] as string | null;
      const rest = population.filter((code) => after === null || code > after);
      return { registeredCreditCodes: rest.slice(0, variables["first"] as number) };
    }
    if (failuresLeft-- > 0) throw new Error("the hub is away");
    const enterprises = (variables["creditCodes"] as string[]).map((creditCode) => {
      asked.set(creditCode, (asked.get(creditCode) ?? 0) + 1);
      return {
        creditCode,
        decision: { id: randomUUID(), outcome: creditCode.endsWith("0") ? "UNDETERMINED" : "NORMAL" },
      };
    });
    return { enterprises };
  };
  return { ask, asked, fail: (times: number) => (failuresLeft = times) };
}

async function work(ask: AskGraph): Promise<void> {
  const taskList = screeningTasks(createScreeningStore(pool), ask);
  await runOnce({ pgPool: pool, taskList, logger: silent, noHandleSignals: true });
}

const retryNow = () => pool.query("UPDATE graphile_worker._private_jobs SET run_at = now()");

test("every enterprise of a list is decided on once, and the outcomes are counted", async () => {
  const population = codes(2_000);
  const graph = createGraph(population);
  const started = await screenings.start(question, [...population, population[0]!], "everybody");
  expect(started).toMatchObject({ state: "RUNNING", total: 2_000, done: 0, purpose: "LOAN", knownAt: null });
  await work(graph.ask);
  const ended = await screenings.find(started.id);
  const undetermined = population.filter((code) => code.endsWith("0")).length;
  expect(ended).toMatchObject({ state: "FINISHED", done: 2_000 });
  expect(ended!.outcomes).toEqual([
    { outcome: "NORMAL", count: 2_000 - undetermined },
    { outcome: "UNDETERMINED", count: undetermined },
  ]);
  expect([...graph.asked.values()].every((times) => times === 1)).toBe(true);
});

test("the whole population is read page by page and screened", async () => {
  const graph = createGraph(codes(10_001));
  const { id, state } = await screenings.start(question, "ALL", "everybody");
  expect(state).toBe("WAITING");
  await work(graph.ask);
  expect(await screenings.find(id)).toMatchObject({ state: "FINISHED", total: 10_001, done: 10_001 });
});

test("after a failure only what was not answered is asked again", async () => {
  const graph = createGraph([]);
  const population = codes(3_000);
  const { id } = await screenings.start(question, population, "everybody");
  graph.fail(2);
  await work(graph.ask);
  expect((await screenings.find(id))!.state).toBe("RUNNING");
  await retryNow();
  await work(graph.ask);
  expect(await screenings.find(id)).toMatchObject({ state: "FINISHED", done: 3_000 });
  expect([...graph.asked.values()].every((times) => times === 1)).toBe(true);
});

test("a cancelled screening asks nothing more", async () => {
  const graph = createGraph([]);
  const { id } = await screenings.start(question, codes(100), "everybody");
  expect(await screenings.cancel(id)).toMatchObject({ state: "CANCELLED" });
  await work(graph.ask);
  expect(graph.asked.size).toBe(0);
});

test("a screening of nobody ends at once", async () => {
  const { id } = await screenings.start(question, "ALL", "everybody");
  await work(createGraph([]).ask);
  expect(await screenings.find(id)).toMatchObject({ state: "FINISHED", total: 0 });
});

test("slices hold every code once, the same ones whatever the order", () => {
  const population = codes(5_000);
  const slices = sliceCodes(population);
  expect(slices.flat().sort()).toEqual([...population].sort());
  expect(Math.max(...slices.map(({ length }) => length))).toBeLessThan(1_000);
  const asSets = (some: readonly (readonly string[])[]) => some.map((slice) => [...slice].sort());
  expect(asSets(sliceCodes([...population].reverse()))).toEqual(asSets(slices));
});
