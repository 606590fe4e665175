/** Evidence that is answered as text, without being executed, is what the executor would have answered. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "../../../gateway/engine/engine";
import { checkCharacter } from "../../../schema/credit-code";
import { factTypesOf } from "../../../schema/fact-catalogue";
import { repositoryRoot } from "../../../schema/root";
import { recordFacts } from "../../../subgraphs/shared/record-facts";
import { type TestDepartment, departments, openDepartment } from "../departments";
import { beilun, representations, sampleFact } from "../samples";

const codes = [
  beilun,
  ...Array.from({ length: 40 }, (_, index) => {
    const body = `91330206FAKE${String(index).padStart(5, "0")}`;
    return body + checkCharacter(body);
  }),
];

/** What the engine sends to each department in the course of a screening. */
async function planScreening(): Promise<ReadonlyMap<string, string>> {
  const sent = new Map<string, string>();
  const engine = createEngine({
    supergraphSdl: readFileSync(join(repositoryRoot, "schema", "supergraph.graphql"), "utf8"),
    transports: (name) => ({
      takesValues: true,
      close: async () => undefined,
      send: async ({ query }) => {
        if (!sent.has(name)) sent.set(name, query);
        const enterprises = [
          { __typename: "Enterprise", creditCode: beilun, asOf: "2026-01-01", knownAt: null },
        ];
        return { data: { enterprises } };
      },
    }),
  });
  const query = `query($codes: [CreditCode!]!) { enterprises(creditCodes: $codes) { creditCode decision(purpose: LOAN) { id } } }`;
  await engine.execute(
    { query, variables: { codes: [beilun] } },
    { requestId: "plan", deadlineAt: performance.now() + 10_000, attributes: {} },
  );
  await engine.close();
  return sent;
}

let planned: ReadonlyMap<string, string>;
beforeAll(async () => {
  planned = await planScreening();
});

const present = ({ originalError }: { originalError?: unknown }) => ({
  message: (originalError as Error).message,
});

describe.each(departments)("$name", (definition) => {
  const { name } = definition;
  const whole = `query($asked: [_Any!]!) { _entities(representations: $asked) { ... on Enterprise { knownAt asOf creditCode ${name}Evidence {
    facts { id type documentNumber occurredOn validFrom validUntil status values } status creditCode } } } }`;
  let department: TestDepartment;
  let between: string;

  const record = async (some: readonly string[], occurredOn: string, correction: boolean) => {
    // Steps of procedures have an order of their own.
    const types = factTypesOf(definition.department).filter((type) => type.name !== "ProcedureStep");
    const rows = some.flatMap((code, index) =>
      types
        .slice(0, 1 + (index % types.length))
        .map((type) => ({ type: type.name, ...sampleFact(type, code), occurredOn, correction })),
    );
    const permissions = { mayMigrateHistory: false, isReplay: false };
    const outcomes = await recordFacts(department.subgraph.pool, { keeper: definition, rows }, permissions);
    expect(outcomes.filter(({ outcome }) => outcome === "rejected")).toEqual([]);
  };
  beforeAll(async () => {
    department = await openDepartment(definition);
    await record(codes.slice(0, 25), "2024-03-01", false);
    await new Promise((resolve) => setTimeout(resolve, 5));
    between = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await record(codes.slice(0, 15), "2025-03-01", true);
  });
  afterAll(() => department.close());

  const ask = (query: string, variables: Record<string, unknown>) =>
    department.subgraph.answerAsText!({ query, variables }, present);
  const execute = async (query: string, variables: Record<string, unknown>) =>
    JSON.parse(JSON.stringify(await department.ask(query, variables))) as { data: { _entities: object[] } };

  test.each([
    ["few enterprises", codes.slice(20, 26), { asOf: "2026-01-01" }],
    ["many", codes, { asOf: "2026-01-01" }],
    ["many before all of it was corrected", codes, "before the correction"],
    ["many on the day before some of it happened", codes, { asOf: "2025-02-28" }],
  ])("of %s", async (_whose, asked, time) => {
    const at = typeof time === "string" ? { asOf: "2026-01-01", knownAt: between } : time;
    const { representations: list } = representations(asked, at);
    const query = planned.get(name)!;
    const text = await ask(query, { representations: list });
    const oneByOne = await Promise.all(
      (list as object[]).map((one) => execute(query, { representations: [one] })),
    );
    expect(JSON.parse(text!)).toEqual({
      data: { _entities: oneByOne.flatMap(({ data }) => data._entities) },
    });
    expect(JSON.parse((await ask(whole, { asked: list }))!)).toEqual(await execute(whole, { asked: list }));
    expect(text).toContain(`"NONE_ON_RECORD"`);
    expect(text).toContain(`"ON_RECORD"`);
    if (typeof time === "string") expect(text).not.toContain("2025-03-01");
  });

  test("of many on several days", async () => {
    const asked = codes.flatMap((code, index) => {
      const asOf = `202${index % 7}-06-01`;
      return representations([code], { asOf })["representations"] as object[];
    });
    const text = await ask(whole, { asked });
    expect(JSON.parse(text!)).toEqual(await execute(whole, { asked }));
  });

  test.each([
    ["a record beside it", `${name} { __typename } ${name}Evidence { facts { id } }`],
    ["another name", `lent: ${name}Evidence { facts { id } }`],
    ["a condition", `${name}Evidence @include(if: true) { facts { id } }`],
    ["no facts", `${name}Evidence { status }`],
    ["a field that is not there", `${name}Evidence { facts { number } }`],
    ["no syntax", `${name}Evidence {{`],
  ])("what asks for %s is left to the executor", (_what, selection) => {
    const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { ${selection} } } }`;
    expect(ask(query, representations([beilun]))).toBeUndefined();
  });

  test("one bad key leaves the whole to the executor, which refuses that one", () => {
    expect(
      ask(whole, { asked: representations([beilun, "91330206FAKE000139"])["representations"] }),
    ).toBeUndefined();
    expect(ask(whole, { asked: [null] })).toBeUndefined();
    expect(ask(whole, {})).toBeUndefined();
  });

  test("a department that cannot be asked is null for each, with its name", async () => {
    const query = jest.spyOn(department.subgraph.pool, "query").mockImplementation(() => {
      throw Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    });
    const text = await ask(planned.get(name)!, representations(codes.slice(0, 2)));
    query.mockRestore();
    expect(JSON.parse(text!)).toEqual({
      data: {
        _entities: codes
          .slice(0, 2)
          .map((creditCode) => ({ creditCode, asOf: "2026-01-01", [`${name}Evidence`]: null })),
      },
      errors: [0, 1].map((index) => ({
        message: `The ${name} department could not be asked.`,
        path: ["_entities", index, `${name}Evidence`],
      })),
    });
  });
});
