import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { createKeyring, readPublishedCopy, type Keyring } from "../../../../subgraphs/joint/ledger/keyring";
import { createKeyStore, type KeyStore } from "../../../../subgraphs/joint/ledger/key-store";
import { createLedger, type Ledger } from "../../../../subgraphs/joint/ledger/ledger";
import { createLedgerStore } from "../../../../subgraphs/joint/ledger/store";
import { verifyReceipt } from "../../../../subgraphs/joint/ledger/verify-receipt";
import { keepEvidence, type Judgement } from "../../../../subgraphs/joint/ledger/receipt-content";
import { jointDatabase as joint } from "../../../../subgraphs/joint";
import { openPool } from "../../../../subgraphs/shared/database";
import { createDataSource, migrate } from "../../../../subgraphs/shared/migrate";
import { createTestDatabase, type TestDatabase } from "../../../postgres";
import { creditCode, evidence, judgement } from "../example-decision";

let database: TestDatabase;
let pool: Pool;
let folder: string;
let keys: KeyStore;
let keyring: Keyring;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(joint, database.url);
  pool = openPool(database.url);
  folder = mkdtempSync(join(tmpdir(), "hub-ledger-"));
  keys = createKeyStore(pool);
  keyring = createKeyring(folder, keys);
  ledger = createLedger(createLedgerStore(pool), keyring);
});
afterAll(async () => {
  keyring.close();
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const count = async (table: string) =>
  Number((await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n);
const keep = async (judgements: readonly Judgement[]) => ledger.store(await ledger.sign(judgements));
const keepOne = async (changes: Partial<Judgement> = {}) => (await keep([{ ...judgement, ...changes }]))[0]!;

test("a kept decision is found again as it was signed", async () => {
  const receipt = await keepOne();
  const found = await ledger.find(receipt.id);
  expect(found!.jws()).toBe(receipt.jws());
  expect(found).toMatchObject({ id: receipt.id, decidedAt: receipt.decidedAt });
  expect(await verifyReceipt(receipt.jws(), await keyring.published())).toMatchObject({
    valid: true,
    content: found!.content,
  });
});

test("a receipt keeps the evidence that it rests on", async () => {
  const { id } = await keepOne();
  const { content } = (await ledger.find(id))!;
  expect(JSON.parse((await ledger.findEvidence(content))!)).toEqual(evidence);
});

test("unchanged evidence is kept once", async () => {
  await keepOne();
  const before = await count("evidence");
  await keep([judgement, judgement, { ...judgement, asOf: "2013-09-02" }]);
  expect(await count("evidence")).toBe(before);
  const changed = keepEvidence(creditCode, { ...evidence, TAX: { status: "KNOWN", facts: [] } });
  await keepOne({ evidence: changed });
  expect(await count("evidence")).toBe(before + 1);
});

test("a thousand decisions are one statement", async () => {
  await keyring.current();
  const query = jest.spyOn(pool, "query");
  const receipts = await keep(Array<Judgement>(1_000).fill(judgement));
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
  expect(new Set(receipts.map(({ id }) => id)).size).toBe(1_000);
});

test("texts of any script and length come back unchanged", async () => {
  const sentence = { zh: "“引号”\\ {逗号,} 'x' \u{20000}".repeat(500), en: "" };
  const { id } = await keepOne({ decision: { ...judgement.decision, sentence } });
  expect((await ledger.find(id))!.content.sentence).toEqual(sentence);
});

test("answers to the same question are linked in their order", async () => {
  const asOf = "2013-10-01";
  const [first, second] = [await keepOne({ asOf }), await keepOne({ asOf })];
  await keepOne({ asOf, decision: { ...judgement.decision, purpose: "LOAN" } });
  expect(await ledger.findNeighbour(second.id, "earlier")).toBe(first.id);
  expect(await ledger.findNeighbour(first.id, "later")).toBe(second.id);
  expect(await ledger.findNeighbour(second.id, "later")).toBeUndefined();
});

test("no receipt has the id of nobody, nor an id that is none", async () => {
  expect(await ledger.find("019aaf00-0000-7000-8000-000000000001")).toBeUndefined();
  expect(await ledger.find("'; DROP TABLE receipt; --")).toBeUndefined();
});

test("every machine publishes the keys of all", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "hub-ledger-"));
  const other = createKeyring(elsewhere, keys);
  const { kid } = await other.current();
  const published = await keyring.published();
  expect(published.keys.map((key) => key.kid)).toEqual(
    expect.arrayContaining([kid, (await keyring.current()).kid]),
  );
  expect(await readPublishedCopy(folder)).toEqual(published);
  expect(JSON.stringify(published)).not.toContain('"d":');
  rmSync(elsewhere, { recursive: true });
});

test("a retired key is replaced and still verifies what it signed; a revoked one does not", async () => {
  const receipt = await keepOne();
  const { kid } = await keyring.current();
  expect(await keys.retire(kid, new Date(Date.now() + 60_000).toISOString())).toBe(true);
  const renewed = createKeyring(folder, keys);
  expect((await renewed.current()).kid).not.toBe(kid);
  expect(await verifyReceipt(receipt.jws(), await renewed.published())).toMatchObject({ valid: true });
  expect(await keys.revoke(kid)).toBe(true);
  expect(await verifyReceipt(receipt.jws(), await renewed.published())).toMatchObject({ valid: false });
  expect(await keys.revoke("no such key")).toBe(false);
});

test.each([
  ["retired", (kid: string) => keys.retire(kid, new Date(Date.now() + 60_000).toISOString())],
  ["revoked", (kid: string) => keys.revoke(kid)],
])("a second after a key was %s, a running process signs with another", async (_how, end) => {
  const running = createKeyring(folder, keys);
  const { kid } = await running.current();
  expect(await end(kid)).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await running.current()).kid).not.toBe(kid);
  running.close();
});

test("a decision that cannot be kept is not answered", async () => {
  const deaf = openPool(database.url);
  const refusal = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:5432"), { code: "ECONNREFUSED" });
  jest.spyOn(deaf, "query").mockRejectedValue(refusal as never);
  const answer = createLedger(createLedgerStore(deaf), keyring).store(await ledger.sign([judgement]));
  await expect(answer).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await expect(answer).rejects.not.toThrow(/10\.0\.0\.7/);
  await deaf.end();
});

test("the migrations go up, down and up again", async () => {
  const fresh = await createTestDatabase();
  const dataSource = await createDataSource(joint, fresh.url).initialize();
  for (const step of ["up", "down", "up"] as const)
    await (step === "up" ? dataSource.runMigrations() : dataSource.undoLastMigration());
  expect(await dataSource.query("SELECT count(*)::int AS n FROM receipt")).toEqual([{ n: 0 }]);
  await dataSource.destroy();
  await fresh.drop();
});
