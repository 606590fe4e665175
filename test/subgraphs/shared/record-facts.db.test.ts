/** What recording means: same, other, corrected, withdrawn - through the graph and in batches. */
import { recordDemo } from "../../../subgraphs/shared/record-demo";
import { type RecordOptions, recordFacts } from "../../../subgraphs/shared/record-facts";
import { tax } from "../../../subgraphs/tax";
import { type TestDepartment, departments, openDepartment } from "../departments";
import { beilun, representations, stranger } from "../samples";

const importing: RecordOptions = { mayMigrateHistory: true, isReplay: true };

let department: TestDepartment;
beforeEach(async () => {
  department = await openDepartment(tax);
});
afterEach(async () => {
  jest.useRealTimers();
  await department.close();
});

const arrears = (rest: Record<string, unknown> = {}) => ({
  type: "TaxArrears",
  creditCode: beilun,
  documentNumber: "T/1",
  amount: "100.00",
  since: "2024-01-01",
  ...rest,
});
const record = (rows: readonly Record<string, unknown>[], options: Partial<RecordOptions> = {}) =>
  recordFacts(
    department.subgraph.pool,
    { keeper: tax, rows },
    { mayMigrateHistory: false, isReplay: false, ...options },
  );
const outcomesOf = async (...parameters: Parameters<typeof record>) =>
  (await record(...parameters)).map(({ outcome }) => outcome);
const FIELDS = "id amount status statusReason corrects recordedAt supersededAt";
const show = async (time: { asOf: string; knownAt?: string } = { asOf: "2026-01-01" }) => {
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { tax { arrears { ${FIELDS} } } } } }`;
  const { data } = await department.ask(query, representations([beilun], time));
  const [entity] = data!["_entities"] as { tax: { arrears: Record<string, string>[] } }[];
  return entity!.tax.arrears;
};
const mutate = (input: Record<string, unknown>) => {
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => name !== "type"));
  return department.ask(
    `mutation($input: TaxArrearsInput!) { fact: recordTaxArrears(input: $input) { ${FIELDS} } }`,
    { input: rest },
  );
};
const factOf = async (answer: ReturnType<typeof mutate>) =>
  (await answer).data!["fact"] as Record<string, string>;
const codeOf = async (answer: ReturnType<typeof mutate>) => (await answer).errors?.[0]?.extensions?.["code"];

test("the same fact twice is one row, also when it is written another way", async () => {
  const first = await factOf(mutate(arrears()));
  const again = await factOf(mutate(arrears({ amount: "100", creditCode: beilun.toLowerCase() })));
  expect(again).toEqual(first);
  expect(await show()).toEqual([first]);
});

test("the same document with other content is a conflict, unless it is said to be a correction", async () => {
  const first = await factOf(mutate(arrears()));
  expect(await codeOf(mutate(arrears({ amount: "200.00" })))).toBe("CONFLICT");
  const corrected = await factOf(mutate(arrears({ amount: "200.00", correction: true })));
  expect(corrected).toMatchObject({ amount: "200.00", corrects: first["id"], supersededAt: null });
  expect(await show()).toEqual([corrected]);
});

test("what was known before a correction can still be asked for", async () => {
  const first = await factOf(mutate(arrears()));
  const corrected = await factOf(mutate(arrears({ amount: "200.00", correction: true })));
  const known = { asOf: "2026-01-01", knownAt: first["recordedAt"]! };
  expect(await show(known)).toEqual([{ ...first, supersededAt: corrected["recordedAt"] }]);
  expect(await show({ asOf: "2026-01-01", knownAt: corrected["recordedAt"]! })).toEqual([corrected]);
  const before = new Date(Date.parse(first["recordedAt"]!) - 1).toISOString();
  expect(await show({ asOf: "2026-01-01", knownAt: before })).toEqual([]);
});

test("a correction may name the version that it corrects, and is refused when that is no longer the latest", async () => {
  const first = await factOf(mutate(arrears()));
  const second = await factOf(mutate(arrears({ amount: "200.00", corrects: first["id"] })));
  expect(second).toMatchObject({ corrects: first["id"] });
  expect(await factOf(mutate(arrears({ amount: "200.00", corrects: first["id"] })))).toEqual(second);
  expect(await codeOf(mutate(arrears({ amount: "300.00", corrects: first["id"] })))).toBe("CONFLICT");
  expect(await codeOf(mutate(arrears({ documentNumber: "T/2", corrects: first["id"] })))).toBe("NOT_FOUND");
});

test("a clerk may go back and forth between two contents", async () => {
  await mutate(arrears());
  for (const amount of ["200.00", "100.00", "200.00", "100.00"]) {
    expect(await factOf(mutate(arrears({ amount, correction: true })))).toMatchObject({
      amount,
      supersededAt: null,
    });
  }
});

test("a correction of what nobody recorded is refused", async () => {
  expect(await codeOf(mutate(arrears({ correction: true })))).toBe("NOT_FOUND");
});

test("a fact that is withdrawn stays on record with the reason, and counts as withdrawn", async () => {
  const first = await factOf(mutate(arrears()));
  const withdraw = `mutation($id: ID!, $reason: String!) { fact: withdrawTaxFact(type: TaxArrears, id: $id, reason: $reason) { id withdrawn reason creditCode type } }`;
  const { data } = await department.ask(withdraw, { id: first["id"], reason: "paid in time" });
  expect(data!["fact"]).toMatchObject({
    withdrawn: first["id"],
    reason: "paid in time",
    creditCode: beilun,
    type: "TaxArrears",
  });
  expect(await show()).toMatchObject([
    { amount: "100.00", status: "WITHDRAWN", statusReason: "paid in time", corrects: first["id"] },
  ]);
  expect(await show({ asOf: "2026-01-01", knownAt: first["recordedAt"]! })).toMatchObject([
    { status: "ACTIVE" },
  ]);
  const code = async (variables: Record<string, unknown>) =>
    (await department.ask(withdraw, variables)).errors?.[0]?.extensions?.["code"];
  expect(await code({ id: first["id"], reason: "again" })).toBe("CONFLICT");
  expect(await code({ id: (await show())[0]!["id"], reason: "again" })).toBe("CONFLICT");
  expect(await code({ id: "0197c0de-0000-7000-8000-000000000000", reason: "no such" })).toBe("NOT_FOUND");
  expect(await code({ id: "1 OR 1=1", reason: "no id" })).toBe("BAD_USER_INPUT");
  expect(await code({ id: first["id"], reason: "  " })).toBe("BAD_USER_INPUT");
});

test("a batch is decided row by row, as if each had been sent alone", async () => {
  const rows = [
    arrears(),
    arrears(),
    arrears({ amount: "200.00" }),
    arrears({ amount: "200.00", correction: true }),
    arrears({ documentNumber: "T/2", since: "2024-02-30" }),
    arrears({ documentNumber: "T/3", creditCode: stranger }),
    { type: "Accident", creditCode: beilun },
  ];
  expect(await record(rows)).toMatchObject([
    { outcome: "recorded" },
    { outcome: "unchanged" },
    { outcome: "rejected", code: "CONFLICT" },
    { outcome: "corrected" },
    { outcome: "rejected", code: "BAD_USER_INPUT", reason: expect.stringContaining("since: 2024-02-30") },
    { outcome: "recorded" },
    { outcome: "rejected", reason: expect.stringContaining("records no such fact type") },
  ]);
  expect(await show()).toMatchObject([{ amount: "200.00" }]);
});

test("a file with corrections may be imported again, whole or from any row on, and changes nothing", async () => {
  const rows = [
    arrears(),
    arrears({ amount: "200.00", correction: true }),
    arrears({ amount: "300.00", correction: true }),
  ];
  expect(await outcomesOf(rows, importing)).toEqual(["recorded", "corrected", "corrected"]);
  expect(await outcomesOf(rows, importing)).toEqual(["unchanged", "unchanged", "unchanged"]);
  expect(await outcomesOf(rows.slice(1), importing)).toEqual(["unchanged", "unchanged"]);
  expect(await show()).toMatchObject([{ amount: "300.00" }]);
});

test("a correction may go back to what was first recorded", async () => {
  const rows = [arrears(), arrears({ amount: "200.00", correction: true }), arrears({ correction: true })];
  expect(await outcomesOf(rows, importing)).toEqual(["recorded", "corrected", "corrected"]);
  expect(await outcomesOf(rows, importing)).toEqual(["unchanged", "unchanged", "unchanged"]);
  expect(await show()).toMatchObject([{ amount: "100.00" }]);
});

test("history comes with its own recorded times, and is known from then on", async () => {
  const rows = [
    arrears({ recordedAt: "2024-01-05T09:00:00+08:00" }),
    arrears({ amount: "50.00", correction: true, recordedAt: "2024-04-10T09:00:00+08:00" }),
  ];
  expect(await outcomesOf(rows, importing)).toEqual(["recorded", "corrected"]);
  const known = async (knownAt: string) =>
    (await show({ asOf: "2026-01-01", knownAt })).map((fact) => fact["amount"]);
  expect(await known("2024-01-05T08:59:59.999+08:00")).toEqual([]);
  expect(await known("2024-01-05T01:00:00Z")).toEqual(["100.00"]);
  expect(await known("2024-04-10T08:59:59.999+08:00")).toEqual(["100.00"]);
  expect(await known("2024-04-10T09:00:00+08:00")).toEqual(["50.00"]);
});

test("only who may migrate history says when a fact was recorded, and not in the future", async () => {
  const past = "2024-01-05T09:00:00+08:00";
  expect(await record([arrears({ recordedAt: past })])).toMatchObject([
    { outcome: "rejected", code: "FORBIDDEN" },
  ]);
  const inSixMinutes = new Date(Date.now() + 6 * 60_000).toISOString();
  expect(await record([arrears({ recordedAt: inSixMinutes })], importing)).toMatchObject([
    { outcome: "rejected", reason: expect.stringContaining("future") },
  ]);
  await record([arrears({ recordedAt: past })], importing);
  const earlier = arrears({ amount: "1", correction: true, recordedAt: "2024-01-05T08:00:00+08:00" });
  expect(await record([earlier], importing)).toMatchObject([{ outcome: "rejected", code: "CONFLICT" }]);
});

test("recorded time does not go backwards when the clock is set back", async () => {
  jest.useFakeTimers({
    doNotFake: [
      "nextTick",
      "setImmediate",
      "setTimeout",
      "clearTimeout",
      "setInterval",
      "clearInterval",
      "queueMicrotask",
      "performance",
      "hrtime",
    ],
  });
  const now = Date.now();
  const first = await factOf(mutate(arrears()));
  jest.setSystemTime(now - 3_600_000);
  const second = await factOf(mutate(arrears({ amount: "200.00", correction: true })));
  const third = await factOf(mutate(arrears({ documentNumber: "T/9" })));
  expect(second["recordedAt"]! > first["recordedAt"]!).toBe(true);
  expect(third["recordedAt"]! > second["recordedAt"]!).toBe(true);
});

test("of many who record the same document at once, one succeeds and the others are told", async () => {
  const amounts = Array.from({ length: 20 }, (_, index) => `${index + 1}.00`);
  const answers = await Promise.all(amounts.map((amount) => mutate(arrears({ amount }))));
  const codes = answers.map((answer) => answer.errors?.[0]?.extensions?.["code"] ?? "recorded");
  expect(codes.filter((code) => code === "recorded")).toHaveLength(1);
  expect(codes.filter((code) => code === "CONFLICT")).toHaveLength(19);
  expect(await show()).toHaveLength(1);
});

test("more rows than one transaction should hold are refused before anything is written", async () => {
  const rows = Array.from({ length: 10_001 }, (_, index) => arrears({ documentNumber: `T/${index}` }));
  await expect(record(rows)).rejects.toMatchObject({ extensions: { code: "LIMIT_EXCEEDED" } });
});

test.each(departments)(
  "the $name demo can be recorded, and again without changing anything",
  async (definition) => {
    const other = await openDepartment(definition);
    await recordDemo(other.subgraph.pool, definition);
    const again = await recordFacts(
      other.subgraph.pool,
      { keeper: definition, rows: definition.demo },
      importing,
    );
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(["unchanged"]));
    await other.close();
  },
);
