/** What safety counts: everybody once for all schemes, and those who take part in one. */
import { safety } from "../../subgraphs/safety";
import { type TestDepartment, openDepartment } from "./departments";
import { beilun, stranger } from "./samples";

interface Row {
  readonly of: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>>;
}

let department: TestDepartment;
beforeAll(async () => {
  department = await openDepartment(safety);
  await record("EnterpriseRegistration", { creditCode: beilun, name: "北仑", industry: "POWER" });
  for (const creditCode of [beilun, stranger]) {
    const common = { creditCode, scheme: "spt-benchmark" };
    await record("GradeDetermination", {
      ...common,
      documentNumber: "G",
      grade: "B",
      validFrom: "2020-01-01",
    });
    await record("ProgrammeEnrolment", { ...common, documentNumber: "P", startedOn: "2020-01-01" });
  }
});
afterAll(() => department.close());
afterEach(() => jest.restoreAllMocks());

async function record(type: string, input: Readonly<Record<string, unknown>>): Promise<void> {
  const name = type === "GradeDetermination" ? "recordSafetyGradeDetermination" : `record${type}`;
  const { errors } = await department.ask(
    `mutation($input: ${type}Input!) { ${name}(input: $input) { id } }`,
    {
      input,
    },
  );
  expect(errors).toBeUndefined();
}

async function count(scheme: string, asOf: string): Promise<readonly Row[]> {
  const { data, errors } = await department.ask(
    "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Statistics { safetyTallies { rows { of counts } } } } }",
    { of: [{ __typename: "Statistics", scheme, asOf, knownAt: null }] },
  );
  expect(errors).toBeUndefined();
  return (data!["_entities"] as [{ readonly safetyTallies: { readonly rows: readonly Row[] } }])[0]
    .safetyTallies.rows;
}

const having = (rows: readonly Row[], name: string) => rows.filter(({ counts }) => (counts[name] ?? 0) > 0);

test("whoever is graded without being registered counts as graded, and not among those who have started", async () => {
  const rows = await count("spt-benchmark", "2020-06-30");
  expect(having(rows, "graded").map(({ of }) => of)).toEqual(
    expect.arrayContaining([{ industry: "POWER", grade: "B" }, { grade: "B" }]),
  );
  expect(having(rows, "started")).toEqual([{ of: { industry: "POWER" }, counts: { started: 1 } }]);
  expect(having(rows, "registered")).toMatchObject([
    { of: { industry: "POWER" }, counts: { registered: 1 } },
  ]);
  expect(having(await count("cz-attainment", "2020-06-30"), "started")).toEqual([]);
});

test("everybody is counted once a day for all schemes", async () => {
  const asked: (string | undefined)[] = [];
  const { pool } = department.subgraph;
  const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
  jest.spyOn(pool, "query").mockImplementation(((...all: [{ name?: string }]) => {
    asked.push(all[0].name);
    return query(...all);
  }) as never);
  for (const scheme of ["spt-benchmark", "cz-attainment", "nb-smart-safety"])
    await count(scheme, "2021-06-30");
  expect(asked.filter((name) => name === "safety-tally-any")).toHaveLength(1);
  expect(asked.filter((name) => name === "safety-tally")).toHaveLength(3);
});
