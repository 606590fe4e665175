/** The cache over a real department: its database, its feed, its HTTP, as the gateway opens them. */
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { register } from "prom-client";
import { toByteText } from "../../../gateway/engine/byte-text";
import type { SubgraphRequest, Transport } from "../../../gateway/engine/contract";
import { openTransport } from "../../../gateway/open-transport";
import { recordFacts } from "../../../subgraphs/shared/record-facts";
import { openPool } from "../../../subgraphs/shared/database";
import { startSubgraph } from "../../../subgraphs/shared/run-subgraph";
import type { ServingSubgraph } from "../../../subgraphs/shared/serve-subgraph";
import { tax } from "../../../subgraphs/tax";
import { type TestDatabase, createTestDatabase } from "../../postgres";
import { beilun, stranger } from "../../subgraphs/samples";
import { endTogether } from "../../sockets";

const QUERY = `query($representations:[_Any!]!){_entities(representations:$representations){... on Enterprise{
  creditCode taxEvidence{status creditCode facts{id type documentNumber occurredOn validFrom validUntil status values}}}}}`;
const RECORD = `mutation($input: TaxArrearsInput!) { recordTaxArrears(input: $input) { id } }`;
const ELSEWHERE_MS = 1_000;

let database: TestDatabase;
let department: ServingSubgraph;
let way: Awaited<ReturnType<typeof openWay>>;
let transport: Transport;
let asked = 0;
let documents = 0;

/** A way to the department on which its feed can be cut or held back while it goes on answering. */
async function openWay(port: number) {
  let mode: "carry" | "cut" | "hold" = "carry";
  const server = createServer((near: Socket) => {
    const far = connect(port, "127.0.0.1");
    near.on("data", (bytes) => {
      const isFeed = bytes.includes("GET /changes");
      if (isFeed && mode === "cut") near.destroy();
      else if (!isFeed || mode === "carry") far.write(bytes);
    });
    far.on("data", (bytes) => void (near.writable && near.write(bytes)));
    endTogether(near, far);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    set: (next: typeof mode) => (mode = next),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  department = await startSubgraph({ definition: tax, databaseUrl: database.url, port: 0 });
  way = await openWay(Number(new URL(department.url).port));
  transport = openTransport("tax", undefined, {
    config: {
      subgraphUrls: { tax: `http://127.0.0.1:${way.port}/graphql` },
      cacheCharactersMax: 1_000_000,
    },
    observe: (inner) => ({
      ...inner,
      send: (request, context) => {
        if (!request.isMutation) asked++;
        return inner.send(request, context);
      },
    }),
  });
  await sleep(200);
});
afterAll(async () => {
  await transport.close();
  await way.close();
  await department.close();
  await database.drop();
});
beforeEach(async () => {
  way.set("carry");
  await waitUntilTrusted();
});

function toRequest(query: string, variables: object): SubgraphRequest {
  const isMutation = query.startsWith("mutation");
  return {
    query,
    variables: { ...variables },
    variablesJson: toByteText(JSON.stringify(variables)),
    isMutation,
  };
}

const send = (query: string, variables: object) =>
  transport.send(toRequest(query, variables), {
    requestId: "r",
    deadlineAt: performance.now() + 5_000,
    attributes: {},
  });

async function countFacts(creditCode: string = beilun): Promise<number> {
  const representations = [{ __typename: "Enterprise", creditCode, asOf: "2026-01-01", knownAt: null }];
  const { data } = await send(QUERY, { representations });
  const [entity] = data!["_entities"] as { taxEvidence: { facts: object[] } }[];
  return entity!.taxEvidence.facts.length;
}

async function countWithAsking(): Promise<{ readonly facts: number; readonly askings: number }> {
  const before = asked;
  const facts = await countFacts();
  return { facts, askings: asked - before };
}

/** The feed is back when an answer that was given before is used. */
async function waitUntilTrusted(): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) {
    await countFacts(stranger);
    const before = asked;
    await countFacts(stranger);
    if (asked === before) return;
  }
  throw new Error("the feed does not come back");
}

const nextFact = () => ({
  creditCode: beilun,
  documentNumber: `arrears/${++documents}`,
  authority: "税务局",
  amount: "1000.00",
  since: "2025-03-01",
});

/** Recorded by another process of the department. */
async function recordElsewhere(): Promise<void> {
  const pool = openPool(database.url);
  const rows = [{ type: "TaxArrears", ...nextFact() }];
  const permissions = { mayMigrateHistory: false, isReplay: false };
  const [outcome] = await recordFacts(pool, { keeper: tax, rows }, permissions);
  await pool.end();
  expect(outcome).toMatchObject({ outcome: "recorded" });
}

test("what is unchanged is asked for once; hits, their age and the feed's lag are metrics", async () => {
  await countFacts();
  expect(await countWithAsking()).toMatchObject({ askings: 0 });
  const metrics = await register.metrics();
  const figureOf = (name: string) =>
    Number(new RegExp(`^${name}\\{subgraph="tax"\\} (\\S+)$`, "m").exec(metrics)?.[1]);
  expect(figureOf("hub_cache_hits")).toBeGreaterThan(0);
  expect(figureOf("hub_cache_misses")).toBeGreaterThan(0);
  expect(figureOf("hub_cache_hit_age_seconds_sum")).toBeGreaterThan(0);
  expect(figureOf("hub_cache_feed_lag_seconds")).toBeLessThan(1);
});

test("what a mutation through the gateway acknowledged is in the next answer", async () => {
  for (let round = 0; round < 10; round++) {
    const before = await countFacts();
    const { errors } = await send(RECORD, { input: nextFact() });
    expect(errors).toBeUndefined();
    expect(await countFacts()).toBe(before + 1);
  }
});

test("what was recorded elsewhere is seen within a second", async () => {
  const before = await countFacts();
  await recordElsewhere();
  const recordedAt = performance.now();
  while ((await countFacts()) === before && performance.now() - recordedAt < ELSEWHERE_MS) await sleep(10);
  expect(await countFacts()).toBe(before + 1);
});

test.each(["cut", "hold"] as const)("a feed that is %s is trusted for a second at most", async (mode) => {
  const before = await countFacts();
  way.set(mode);
  await recordElsewhere();
  await sleep(ELSEWHERE_MS);
  expect(await countWithAsking()).toEqual({ facts: before + 1, askings: 1 });
  expect(await countWithAsking()).toMatchObject({ askings: 1 });
});

test("changes that the feed no longer holds empty the cache", async () => {
  const before = await countFacts();
  way.set("cut");
  await recordElsewhere();
  const pool = openPool(database.url);
  await pool.query("UPDATE recording_clock SET changes_kept_since = recorded_at");
  await pool.query("DELETE FROM changed_enterprise");
  await pool.end();
  await sleep(ELSEWHERE_MS);
  way.set("carry");
  await waitUntilTrusted();
  expect((await countWithAsking()).facts).toBe(before + 1);
});

test("a department that has stopped is not vouched for after a second", async () => {
  await countFacts();
  await department.close();
  await sleep(ELSEWHERE_MS);
  await expect(countFacts()).rejects.toThrow();
  const url = new URL(department.url);
  department = await startSubgraph({ definition: tax, databaseUrl: database.url, port: Number(url.port) });
});
