import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../gateway/cli/receipt";
import { keysFolderOf } from "../../../gateway/cli/start/joint";
import { openJoint, openLedger, type OpenJoint } from "../../../subgraphs/joint";
import { createTestDatabase, type TestDatabase } from "../../postgres";
import { creditCode } from "../../subgraphs/joint/example-decision";

let database: TestDatabase;
let folder: string;
let joint: OpenJoint;
let id: string;
let jws: string;
const printed: string[] = [];
const environment = { ...process.env };

const DECIDE = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Enterprise { decision(purpose: LOAN) { id receipt } } } }`;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "hub-receipt-command-"));
  Object.assign(process.env, { HUB_DATA_DIR: folder, JOINT_DATABASE_URL: database.url });
  joint = await openJoint(database.url, { keysFolder: keysFolderOf(folder) });
  const representation = { __typename: "Enterprise", creditCode, asOf: "2024-05-01", knownAt: null };
  const { data } = await joint.ask(
    { query: DECIDE, variables: { representations: [representation] } },
    { requestId: "r", caller: "everybody", purpose: null },
  );
  const [{ decision }] = data!["_entities"] as [{ decision: { id: string; receipt: string } }];
  id = decision.id;
  jws = decision.receipt;
  for (const method of ["log", "error"] as const)
    jest
      .spyOn(console, method)
      .mockImplementation((...lines: unknown[]) => void printed.push(...lines.map(String)));
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = environment;
  await joint.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void (printed.length = 0));

const text = () => printed.join("\n");
function fileOf(content: string): string {
  const path = join(folder, "receipt-file");
  writeFileSync(path, content);
  return path;
}

test("a receipt verifies with the keys of the data folder, or with those that are named", async () => {
  expect(await run(["verify", fileOf(jws)])).toBe(0);
  expect(text()).toContain(`${creditCode} · LOAN · UNDETERMINED`);
  const keys = join(folder, "named.json");
  writeFileSync(keys, JSON.stringify(await joint.publishedKeys()));
  expect(await run(["verify", fileOf(jws), "--keys", keys])).toBe(0);
  writeFileSync(keys, '{"keys":[]}');
  expect(await run(["verify", fileOf(jws), "--keys", keys])).toBe(1);
});

test("a changed receipt is refused with the reason", async () => {
  expect(await run(["verify", fileOf(`${jws.slice(0, -2)}AA`)])).toBe(1);
  expect(text()).toMatch(/does not hold: .*signature/);
});

test("a kept receipt is shown in a form that verifies, in any order of keys", async () => {
  expect(await run(["show", id])).toBe(0);
  const { decision, jws: shown } = JSON.parse(text()) as { decision: object; jws: string };
  expect(shown).toBe(jws);
  const turned = Object.fromEntries(Object.entries(decision).reverse());
  expect(await run(["verify", fileOf(JSON.stringify({ jws, decision: turned }, null, 1))])).toBe(0);
  expect(
    await run(["verify", fileOf(JSON.stringify({ jws, decision: { ...turned, outcome: "NORMAL" } }))]),
  ).toBe(1);
});

test("a receipt is decided again to the same result", async () => {
  expect(await run(["replay", id])).toBe(0);
  expect(text()).toContain("the same, bit for bit");
});

test("a retired key stands for what it signed, a revoked one for nothing", async () => {
  const desk = openLedger(database.url, keysFolderOf(folder));
  const { kid } = (await desk.keys.list())[0]!;
  await desk.close();
  expect(await run(["retire-key", kid])).toBe(0);
  expect(await run(["retire-key", kid])).toBe(1);
  await joint.publishedKeys();
  expect(await run(["verify", fileOf(jws)])).toBe(0);
  expect(await run(["revoke-key", kid])).toBe(0);
  await joint.publishedKeys();
  expect(await run(["verify", fileOf(jws)])).toBe(1);
  expect(text()).toContain("revoked");
});

test("a wrong call shows the usage, and an unknown receipt is named", async () => {
  for (const args of [[], ["verify"], ["show"], ["keys", "x"], ["constructor", "x"], ["verify", "a", "b"]])
    expect(await run(args)).toBe(2);
  expect(await run(["show", "019aaf00-0000-7000-8000-000000000001"])).toBe(1);
  expect(await run(["replay", "nonsense"])).toBe(1);
});
