import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCharacter } from "../../../schema/credit-code";
import { localDateAt } from "../../../schema/values";
import { openJoint, openLedger, type OpenJoint } from "../../../subgraphs/joint";
import { replayReceipt } from "../../../subgraphs/joint/ledger/replay-receipt";
import { verifyReceipt } from "../../../subgraphs/joint/ledger/verify-receipt";
import type { Operation } from "../../../subgraphs/shared/open-subgraph";
import { createTestDatabase, type TestDatabase } from "../../postgres";
import { creditCode } from "./example-decision";

let database: TestDatabase;
let folder: string;
let joint: OpenJoint;
const made: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "hub-joint-"));
  joint = await openJoint(database.url, {
    keysFolder: folder,
    observe: ({ outcome }) => made.push(outcome),
  });
});
afterAll(async () => {
  await joint.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const attributes = { requestId: "r-1", caller: "everybody", purpose: null };
const ask = (query: string, variables: Operation["variables"] = {}) =>
  joint.ask({ query, variables }, attributes);

const branches = ["safety", "transport", "construction", "tax", "finance"] as const;
const clear = (code: string) => ({ status: "NONE_ON_RECORD", creditCode: code, facts: [] });
const represent = (code: string, changes: object = {}) => ({
  __typename: "Enterprise",
  creditCode: code,
  asOf: "2024-05-01",
  knownAt: null,
  ...Object.fromEntries(branches.map((name) => [`${name}Evidence`, clear(code)])),
  ...changes,
});
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const body = `91330206MA2${String(index).padStart(6, "0")}`;
    return body + checkCharacter(body);
  });

const DECIDE = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
  creditCode decision(purpose: LOAN) { id outcome sentence english: sentence(language: EN) receipt decidedAt
    missing { department couldChange } scheme { id version } reasons { counted rule { row text } } } } } }`;
interface Decided {
  readonly creditCode: string;
  readonly decision: {
    readonly id: string;
    readonly outcome: string;
    readonly receipt: string;
    readonly missing: readonly { readonly department: string }[];
  };
}
async function decide(representations: readonly object[], query = DECIDE): Promise<readonly Decided[]> {
  const { data, errors } = await ask(query, { representations });
  expect(errors).toBeUndefined();
  return data!["_entities"] as readonly Decided[];
}

async function findKept(id: string) {
  const desk = openLedger(database.url, folder);
  const { content } = (await desk.ledger.find(id))!;
  const evidence = (await desk.ledger.findEvidence(content))!;
  await desk.close();
  return { content, evidence };
}

test("a decision is answered with its receipt, which verifies and is found again", async () => {
  const [{ decision }] = (await decide([represent(creditCode)])) as [Decided];
  expect(decision).toMatchObject({ outcome: "NORMAL", missing: [], scheme: { id: "nb-smart-safety" } });
  const verification = await verifyReceipt(decision.receipt, await joint.publishedKeys());
  expect(verification).toMatchObject({
    valid: true,
    content: { id: decision.id, creditCode, outcome: "NORMAL" },
  });
  const { data } = await ask(
    "query ($id: ID!) { receipt(id: $id) { id creditCode asOf jws sentence(language: EN) supersedes } }",
    { id: decision.id },
  );
  expect(data!["receipt"]).toMatchObject({
    id: decision.id,
    creditCode,
    asOf: "2024-05-01",
    jws: decision.receipt,
  });
});

test("a receipt is made whatever is selected of the decision", async () => {
  const before = made.length;
  const query =
    "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { decision(purpose: BID) { outcome } } } }";
  await decide([represent(creditCode)], query);
  expect(made.length).toBe(before + 1);
  const { rows } = await joint.pool.query("SELECT purpose FROM receipt ORDER BY id DESC LIMIT 1");
  expect(rows).toEqual([{ purpose: "BID" }]);
});

test.each(branches)(
  "when %s does not answer, the decision names it, whatever came instead",
  async (silent) => {
    for (const answer of [null, undefined, {}, clear(codes(1)[0]!)]) {
      const [{ decision }] = (await decide([represent(creditCode, { [`${silent}Evidence`]: answer })])) as [
        Decided,
      ];
      expect(decision.missing.map(({ department }) => department)).toEqual([silent.toUpperCase()]);
      if (silent === "safety") expect(decision.outcome).toBe("UNDETERMINED");
    }
  },
);

test("when nobody answers, there is still a decision, and it is undetermined", async () => {
  const silence = Object.fromEntries(branches.map((name) => [`${name}Evidence`, null]));
  const [{ decision }] = (await decide([represent(creditCode, silence)])) as [Decided];
  expect(decision.outcome).toBe("UNDETERMINED");
  expect(decision.missing).toHaveLength(branches.length);
});

test("a thousand enterprises are decided in order, in one statement", async () => {
  const asked = codes(1_000);
  const query = jest.spyOn(joint.pool, "query");
  const decided = await decide(asked.map((code) => represent(code)));
  expect(query.mock.calls.filter(([statement]) => JSON.stringify(statement).includes("INSERT"))).toHaveLength(
    1,
  );
  query.mockRestore();
  expect(decided.map((one) => one.creditCode)).toEqual(asked);
  expect(new Set(decided.map(({ decision }) => decision.id)).size).toBe(1_000);
});

test("five purposes of one enterprise are five receipts over evidence that is kept once", async () => {
  const code = codes(1_001).at(-1)!;
  await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
       a: decision(purpose: LOAN) { id } b: decision(purpose: REBATE) { id } c: decision(purpose: BID) { id }
       d: decision(purpose: INSURANCE) { id } e: decision(purpose: SUPERVISION) { id } assessment { grade } } } }`,
    { representations: [represent(code)] },
  );
  const count = async (table: string) =>
    (await joint.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE credit_code = $1`, [code])).rows[0]
      .n;
  expect([await count("receipt"), await count("evidence")]).toEqual([5, 1]);
});

test("one bad representation is one error and no more", async () => {
  const { data, errors } = await ask(DECIDE, {
    representations: [represent(creditCode), represent(creditCode, { creditCode: "nonsense" })],
  });
  expect(data!["_entities"]).toMatchObject([{ creditCode }, null]);
  expect(errors).toMatchObject([{ extensions: { code: "INVALID_CREDIT_CODE" }, path: ["_entities", 1] }]);
});

test("enterprises come in the order asked for, each code once or more, on today's date", async () => {
  const asked = ["91330206144239418f", creditCode, codes(1)[0]!];
  const { data } = await ask(
    "query ($codes: [CreditCode!]!) { enterprises(creditCodes: $codes) { creditCode asOf knownAt } }",
    {
      codes: asked,
    },
  );
  const asOf = localDateAt(new Date());
  expect(data!["enterprises"]).toEqual(
    [creditCode, creditCode, codes(1)[0]!].map((code) => ({ creditCode: code, asOf, knownAt: null })),
  );
});

test("one bad code in a list is one error that names it", async () => {
  const { errors } = await ask(
    "query ($codes: [CreditCode!]!) { enterprises(creditCodes: $codes) { creditCode } }",
    {
      codes: [creditCode, "913302061442394180", codes(1)[0]],
    },
  );
  expect(errors).toHaveLength(1);
  expect(errors![0]!.message).toMatch(/913302061442394180/);
  expect(errors![0]!.extensions).toMatchObject({ code: "INVALID_CREDIT_CODE" });
});

test("more than a thousand enterprises are refused", async () => {
  const query = "query ($codes: [CreditCode!]!) { enterprises(creditCodes: $codes) { creditCode } }";
  expect((await ask(query, { codes: codes(1_000) })).errors).toBeUndefined();
  expect((await ask(query, { codes: codes(1_001) })).errors).toMatchObject([
    { extensions: { code: "LIMIT_EXCEEDED" } },
  ]);
});

test("the keys of receipts and the pages of policies are in the graph, for gateways elsewhere", async () => {
  const { data } = await ask(
    `{ receiptKeys { kid x validFrom validUntil revokedAt } index: publicPage(path: "/policies") { html }
       page: publicPage(path: "/policies/nb-smart-safety/2013.1") { html contentSecurityPolicy } none: publicPage(path: "/") { html } }`,
  );
  const { keys } = await joint.publishedKeys();
  expect(keys).toMatchObject(data!["receiptKeys"] as object[]);
  expect(data).toMatchObject({
    index: { html: expect.stringContaining('href="/policies/nb-smart-safety/2013.1"') },
    page: {
      html: expect.stringContaining("NB-D-LOAN"),
      contentSecurityPolicy: expect.stringContaining("'none'"),
    },
    none: null,
  });
});

test("the schemes are shown with what their sources leave open", async () => {
  const { data } = await ask(
    "{ schemes { id title en: title(language: EN) jurisdiction versions { version sha256 } openParameters { name value note } } }",
  );
  const schemes = data!["schemes"] as readonly { readonly id: string }[];
  expect(schemes.map(({ id }) => id)).toEqual(
    [...new Set(joint.registry.packs.map(({ scheme }) => scheme.id))].sort(),
  );
  expect(schemes.filter(({ id }) => id === "nb-smart-safety")).toMatchObject([
    {
      id: "nb-smart-safety",
      jurisdiction: "宁波市",
      // A corrected version stands beside the one it corrects: old receipts are decided again with theirs.
      versions: joint.registry.packs
        .filter(({ scheme }) => scheme.id === "nb-smart-safety")
        .map(({ scheme: { version, sha256 } }) => ({ version, sha256 })),
      openParameters: expect.arrayContaining([
        { name: "severeCreditLossThreshold", value: "50", note: expect.stringContaining("原文未给") },
      ]),
    },
  ]);
});

test("an old decision is decided again to the same result, bit for bit, unless its evidence or its pack was changed", async () => {
  const accident = {
    id: "0190a000-0000-7000-8000-000000000002",
    type: "GradeDetermination",
    documentNumber: "北安监〔2013〕11号",
    occurredOn: "2013-04-11",
    validFrom: null,
    validUntil: null,
    status: "ACTIVE",
    values: { scheme: "nb-smart-safety", grade: "D", cause: "ACCIDENT" },
  };
  const safetyEvidence = { status: "ON_RECORD", creditCode, facts: [accident] };
  const [{ decision }] = (await decide([represent(creditCode, { safetyEvidence, taxEvidence: null })])) as [
    Decided,
  ];
  expect(decision.outcome).toBe("RESTRICTED");
  const { content, evidence } = await findKept(decision.id);
  expect(replayReceipt(content, evidence, joint.registry)).toEqual({ same: true });
  expect(replayReceipt(content, evidence.replace('"D"', '"C"'), joint.registry)).toMatchObject({
    same: false,
  });
  const changedPack = { ...content, scheme: { ...content.scheme, sha256: "0".repeat(64) } };
  expect(replayReceipt(changedPack, evidence, joint.registry)).toMatchObject({ same: false });
  const otherOutcome = { ...content, outcome: "NORMAL" as const };
  expect(replayReceipt(otherOutcome, evidence, joint.registry)).toEqual({
    same: false,
    reason: expect.stringContaining("outcome"),
  });
});

test("an unknown scheme is refused by name", async () => {
  const { errors } = await ask(
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { decision(purpose: LOAN, scheme: "none") { id } } } }',
    { representations: [represent(creditCode)] },
  );
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("a decision that cannot be stored is not answered", async () => {
  await joint.pool.query("ALTER TABLE receipt RENAME TO receipt_away");
  const { data, errors } = await ask(DECIDE, { representations: [represent(creditCode)] });
  await joint.pool.query("ALTER TABLE receipt_away RENAME TO receipt");
  expect(JSON.stringify(data)).not.toMatch(/NORMAL/);
  expect(errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  expect(JSON.stringify(errors)).not.toMatch(/receipt_away|relation|INSERT/);
  await decide([represent(creditCode)]);
});
