/** Databases from before the last migrations, full of facts: they are brought up, and tell what they told. */
import { type FactType, factTypesOf } from "../../schema/fact-catalogue";
import type { DepartmentDefinition } from "../../subgraphs/shared/department";
import { createDataSource, migrate } from "../../subgraphs/shared/migrate";
import { mutationNameOf } from "../../subgraphs/shared/record-mutations";
import { departments, openDepartment, type TestDepartment } from "./departments";
import { beilun, representations, sampleFact } from "./samples";

// The departments as they were when facts were first recorded in earnest.
const FIRST = ["CreateFacts20261123000000", "AddNameSearch20261123000100", "CreateChangeFeed20261123010000"];
const ADDED_SINCE = ["MeasureExecution", "SchemeReport"];

const fieldsOf = (type: FactType) =>
  `id creditCode documentNumber recordedAt status ${type.fields.map(({ name }) => name).join(" ")}`;

function oldTypesOf({ department }: DepartmentDefinition): readonly FactType[] {
  return factTypesOf(department).filter(({ name }) => !ADDED_SINCE.includes(name));
}

async function record({ ask }: TestDepartment, definition: DepartmentDefinition): Promise<void> {
  for (const type of oldTypesOf(definition)) {
    const { errors } = await ask(
      `mutation($input: ${type.name}Input!) { fact: ${mutationNameOf(definition.department, type)}(input: $input) { id } }`,
      { input: sampleFact(type, beilun) },
    );
    expect(errors).toBeUndefined();
  }
}

async function tell({ ask }: TestDepartment, definition: DepartmentDefinition): Promise<unknown> {
  const { name } = definition;
  const record = oldTypesOf(definition).map((type) => `${type.recordField} { ${fieldsOf(type)} }`);
  const { data, errors } = await ask(
    `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
      ${name} { ${record.join(" ")} }
      ${name}Evidence { status facts { id type documentNumber occurredOn validFrom validUntil status values } } } } }`,
    representations([beilun]),
  );
  expect(errors).toBeUndefined();
  return data;
}

/** Takes the database back to the first migrations, and gives the names of those that it has not seen then. */
async function takeBack(definition: DepartmentDefinition, url: string): Promise<readonly string[]> {
  const unseen = definition.migrations.map(({ name }) => name).filter((name) => !FIRST.includes(name));
  const dataSource = await createDataSource(definition, url).initialize();
  try {
    for (let left = unseen.length; left > 0; left--) await dataSource.undoLastMigration();
    const rows: { readonly name: string }[] = await dataSource.query("SELECT name FROM migrations");
    expect(FIRST).toEqual(expect.arrayContaining(rows.map(({ name }) => name)));
    return unseen;
  } finally {
    await dataSource.destroy();
  }
}

describe.each(departments.map((definition) => [definition.name, definition] as const))(
  "%s",
  (_, definition) => {
    let department: TestDepartment;
    beforeEach(async () => {
      department = await openDepartment(definition);
      await record(department, definition);
    });
    afterEach(() => department.close());

    test("tells the same facts and lends the same evidence after the migrations that its database had not seen", async () => {
      const before = await tell(department, definition);
      const unseen = await takeBack(definition, department.database.url);
      expect(unseen).toContain("CreateMeasureExecution20261127000000");
      await migrate(definition, department.database.url);
      expect(await tell(department, definition)).toEqual(before);
    });
  },
);

test("a registration from before trade and sector were bounded keeps no database from being brought up", async () => {
  const safety = departments[0]!;
  const department = await openDepartment(safety);
  try {
    await record(department, safety);
    await takeBack(safety, department.database.url);
    const { pool } = department.subgraph;
    // Random, so that it cannot be packed into a row of an index.
    await pool.query(
      "UPDATE enterprise_registration SET sector = (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 500) i)",
    );
    await migrate(safety, department.database.url);
    const told = JSON.stringify(await tell(department, safety));
    const { rows } = await pool.query("SELECT sector FROM enterprise_registration");
    expect(told).toContain(rows[0].sector);
  } finally {
    await department.close();
  }
});
