/** Which facts a day and a knowledge time show: the boundaries, through record and evidence. */
import { FACT_TYPES, type FactType, factTypesOf } from "../../../schema/fact-catalogue";
import { recordFacts } from "../../../subgraphs/shared/record-facts";
import { type TestDepartment, departments, openDepartment } from "../departments";
import { beilun, representations, sampleFact } from "../samples";

describe.each(departments)("$name", (definition) => {
  const { name } = definition;
  const types = factTypesOf(definition.department);
  let department: TestDepartment;
  beforeAll(async () => {
    department = await openDepartment(definition);
    const rows = types.map((type) => ({
      type: type.name,
      ...sampleFact(type, beilun),
      occurredOn: null,
      ...(type.happenedOn && { [type.happenedOn]: "2024-02-10" }),
      validFrom: "2024-03-01",
      validUntil: "2024-06-01",
    }));
    const outcomes = await recordFacts(
      department.subgraph.pool,
      { keeper: definition, rows },
      { mayMigrateHistory: false, isReplay: false },
    );
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["recorded"]));
  });
  afterAll(() => department.close());

  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
    ${name} { ${types.map(({ recordField }) => `${recordField} { id }`).join(" ")} } ${name}Evidence { facts { type } } } } }`;
  const readOn = async (asOf: string) => {
    const { data, errors } = await department.ask(query, representations([beilun], { asOf }));
    expect(errors).toBeUndefined();
    const [entity] = data!["_entities"] as Record<string, Record<string, unknown>>[];
    const shown = types.filter(({ recordField }) => [entity![name]![recordField] ?? []].flat().length > 0);
    const lent = entity![`${name}Evidence`]!["facts"] as { type: string }[];
    return {
      shown: shown.map((type) => type.name),
      lent: types.map((type) => type.name).filter((type) => lent.some((fact) => fact.type === type)),
    };
  };
  const names = (some: readonly FactType[]) => some.map((type) => type.name);
  const undated = types.filter(({ happenedOn }) => !happenedOn);

  test.each([
    ["the day before it happened", "2024-02-09", { shown: [], lent: names(undated) }],
    ["the day it happened, before it holds", "2024-02-10", { shown: [], lent: names(types) }],
    ["the day before it holds", "2024-02-29", { shown: [], lent: names(types) }],
    ["the first day it holds", "2024-03-01", { shown: names(types), lent: names(types) }],
    ["the last day it holds", "2024-05-31", { shown: names(types), lent: names(types) }],
    ["the day it no longer holds", "2024-06-01", { shown: [], lent: names(types) }],
  ])("on %s a fact is shown, and lent, as the day says", async (_when, asOf, expected) => {
    expect(await readOn(asOf)).toEqual(expected);
  });
});

test("a date of its own that says when a matter happened is one of the type's dates", () => {
  for (const { happenedOn, fields } of FACT_TYPES.filter((type) => type.happenedOn)) {
    expect(fields.find((field) => field.name === happenedOn)).toMatchObject({ kind: "DATE" });
  }
});
