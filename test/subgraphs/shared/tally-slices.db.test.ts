import { Pool } from "pg";
import { createSlicedCounter } from "../../../subgraphs/shared/tally-slices";
import { publishChanges } from "../../../subgraphs/shared/change-feed";
import { inTransaction } from "../../../subgraphs/shared/database";
import { statement } from "../../../subgraphs/shared/recording";
import { tax } from "../../../subgraphs/tax";
import { openDepartment, type TestDepartment } from "../departments";

const ROWS = 200_000;
const LIMITS = { statementTimeoutMs: 60_000, lockTimeoutMs: 10_000 };
const TEXT = `SELECT jsonb_build_object('kind', f.kind) AS of, jsonb_build_object('counted', count(*)) AS counts
  FROM counted f WHERE $1::text IS NOT NULL AND f.credit_code >= $2::text AND f.credit_code < $3::text GROUP BY f.kind`;

let department: TestDepartment;
let pool: Pool;
/** The slices that were asked for, as `from..before`. */
let asked: string[];

beforeAll(async () => {
  department = await openDepartment(tax);
  pool = department.subgraph.pool;
  await inTransaction(pool, LIMITS, async (client) => {
    const statements = [
      `CREATE TABLE counted (credit_code varchar(18) COLLATE "C" PRIMARY KEY, kind text)`,
      `INSERT INTO counted SELECT lpad(n::text, 18, '0'), CASE WHEN n % 4 = 0 THEN 'A' ELSE 'B' END
        FROM generate_series(1, ${ROWS}) n`,
      `ANALYZE counted`,
    ];
    for (const text of statements) await client.query(statement(text, [], LIMITS));
  });
});
afterAll(() => department.close());

beforeEach(() => (asked = []));
afterEach(() => jest.restoreAllMocks());

function createCounter(name: string) {
  const query = pool.query.bind(pool) as (config: {
    readonly values?: readonly string[];
  }) => Promise<unknown>;
  jest.spyOn(pool, "query").mockImplementation(((
    config: { name?: string; values: readonly string[] },
    ...rest: never[]
  ) => {
    if (config.name === name) asked.push(config.values.slice(1).join(".."));
    return (query as (...all: unknown[]) => unknown)(config, ...rest);
  }) as never);
  return createSlicedCounter(pool, { name, text: TEXT, table: '"counted"' });
}

async function change(creditCode: string, kind: string): Promise<void> {
  await inTransaction(pool, LIMITS, async (client) => {
    const { rows } = await client.query(
      `UPDATE recording_clock SET recorded_at = greatest(recorded_at + interval '1 millisecond', now()) RETURNING recorded_at`,
    );
    await client.query(`UPDATE counted SET kind = $2 WHERE credit_code = $1`, [creditCode, kind]);
    const clock = (rows[0].recorded_at as Date).toISOString();
    await publishChanges(client, { changed: new Set([creditCode]), clock });
  });
}

const told = (a: number) => [
  { of: { kind: "A" }, counts: { counted: a } },
  { of: { kind: "B" }, counts: { counted: ROWS - a } },
];
const third = String(3).padStart(18, "0");

test("a population is counted in slices that cover everybody once, and one row a group is told", async () => {
  const count = createCounter("cover");
  expect(await count(["q"])).toEqual(told(ROWS / 4));
  expect(asked.length).toBeGreaterThan(3);
  const bounds = asked.map((slice) => slice.split("..")).sort(([one], [other]) => (one! < other! ? -1 : 1));
  expect(bounds[0]![0]).toBe("");
  for (let nth = 1; nth < bounds.length; nth++) expect(bounds[nth]![0]).toBe(bounds[nth - 1]![1]);
});

test("as long as nothing is recorded nothing is counted again; another question is", async () => {
  const count = createCounter("again");
  await count(["q"]);
  const slices = asked.length;
  await count(["q"]);
  expect(asked).toHaveLength(slices);
  await count(["other"]);
  expect(asked).toHaveLength(2 * slices);
});

test("after a recording the slices whose enterprises it changed are counted again, and no other", async () => {
  const count = createCounter("changed");
  await count(["q"]);
  asked = [];
  await change(third, "A");
  expect(await count(["q"])).toEqual(told(ROWS / 4 + 1));
  expect(asked).toHaveLength(1);
  await change(third, "B");
  expect(await count(["q"])).toEqual(told(ROWS / 4));
});

test("when changes are no longer told one by one everything is counted again", async () => {
  const count = createCounter("trimmed");
  await count(["q"]);
  const slices = asked.length;
  asked = [];
  await pool.query(`UPDATE recording_clock SET recorded_at = recorded_at + interval '1 second'`);
  await pool.query(`UPDATE recording_clock SET changes_kept_since = recorded_at`);
  expect(await count(["q"])).toEqual(told(ROWS / 4));
  expect(asked).toHaveLength(slices);
});

test("a slice that failed is counted again; those that were counted are kept for the next asker", async () => {
  const count = createCounter("failing");
  const spied = jest.mocked(pool.query as (config: { readonly name?: string }) => Promise<unknown>);
  const through = spied.getMockImplementation()!;
  let failures = 1;
  spied.mockImplementation((...all) =>
    all[0].name === "failing" && failures-- > 0 ? Promise.reject(new Error("too slow")) : through(...all),
  );
  await expect(count(["q"])).rejects.toThrow("too slow");
  const before = asked.length;
  expect(await count(["q"])).toEqual(told(ROWS / 4));
  expect(asked.length).toBeGreaterThan(before);
  expect(new Set(asked).size).toBe(asked.length);
});
