/** The laws that all five departments obey. */
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { checkCharacter } from "../../schema/credit-code";
import { type FactType, factTypesOf } from "../../schema/fact-catalogue";
import { createDataSource } from "../../subgraphs/shared/migrate";
import { mutationNameOf } from "../../subgraphs/shared/record-mutations";
import { createTestDatabase } from "../postgres";
import { type TestDepartment, departments, openDepartment } from "./departments";
import { beilun, representations, sampleFact, stranger } from "./samples";

const own = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).filter(({ name }) => !name.includes("__") && !name.startsWith("_"));

function undescribed(schema: GraphQLSchema): string[] {
  const isRoot = (name: string) => ["Query", "Mutation"].includes(name);
  return own(schema).flatMap((type) => {
    const parts = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const values = isEnumType(type) ? type.getValues() : [];
    const places = parts.filter(({ name }) => !name.startsWith("_"));
    const argumentsOf = places.flatMap((field) => ("args" in field ? field.args : []));
    const isBuiltIn = ["String", "Int", "Float", "Boolean", "ID"].includes(type.name);
    const described = isRoot(type.name) || isBuiltIn ? [] : [type];
    return [...described, ...places, ...argumentsOf, ...values]
      .filter(({ description }) => !description)
      .map(({ name }) => `${type.name}.${name}`);
  });
}

const codes = Array.from({ length: 1000 }, (_, index) => {
  const body = `91330206FAKE${String(index).padStart(5, "0")}`;
  return body + checkCharacter(body);
});

describe.each(departments.map((definition) => [definition.name, definition] as const))(
  "%s",
  (name, definition) => {
    const types = factTypesOf(definition.department);
    let department: TestDepartment;
    beforeAll(async () => {
      department = await openDepartment(definition);
    });
    afterAll(() => department.close());

    const fieldsOf = (type: FactType) =>
      `id creditCode documentNumber recordedAt status ${type.fields.map((field) => field.name).join(" ")}`;
    const everything = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
    creditCode ${name} { ${types.map((type) => `${type.recordField} { ${fieldsOf(type)} }`).join(" ")} }
    ${name}Evidence { status creditCode facts { id type documentNumber occurredOn validFrom validUntil status values } } } } }`;
    const record = (type: FactType) =>
      `mutation($input: ${type.name}Input!) { fact: ${mutationNameOf(definition.department, type)}(input: $input) { ${fieldsOf(type)} } }`;
    const read = async (...parameters: Parameters<typeof representations>) => {
      const answer = await department.ask(everything, representations(...parameters));
      expect(answer.errors).toBeUndefined();
      return answer.data!["_entities"] as Record<string, Record<string, never>>[];
    };

    test("has its two branches on Enterprise and nothing else", () => {
      const enterprise = department.subgraph.schema.getType("Enterprise") as GraphQLObjectType;
      const names = Object.keys(enterprise.getFields()).sort();
      expect(names).toEqual(["asOf", "creditCode", "knownAt", name, `${name}Evidence`].sort());
    });

    test("says of every type, field, argument and value what it means", () => {
      expect(undescribed(department.subgraph.schema)).toEqual([]);
    });

    test("answers for an enterprise without facts with empty lists, not with null and not with an error", async () => {
      const [answer] = await read([stranger]);
      const empty = types.map((type) => [type.recordField, type.singular ? null : []]);
      expect(answer).toEqual({
        creditCode: stranger,
        [name]: Object.fromEntries(empty),
        [`${name}Evidence`]: { status: "NONE_ON_RECORD", creditCode: stranger, facts: [] },
      });
    });

    test.each(types)("records a $name, shows it and lends it, each value as it was given", async (type) => {
      const input = sampleFact(type, beilun);
      const { data, errors } = await department.ask(record(type), { input });
      expect(errors).toBeUndefined();
      const fact = data!["fact"] as Record<string, unknown>;
      const given = Object.fromEntries(type.fields.map((field) => [field.name, input[field.name]]));
      expect(fact).toMatchObject({ ...given, creditCode: beilun, status: "ACTIVE" });
      const [answer] = await read([beilun]);
      expect([answer![name]![type.recordField]].flat()).toEqual([fact]);
      const lent = (answer![`${name}Evidence`]!["facts"] as unknown as { type: string }[]).filter(
        (one) => one.type === type.name,
      );
      expect(lent).toEqual([
        {
          id: fact["id"],
          type: type.name,
          documentNumber: input["documentNumber"],
          occurredOn: "2024-03-01",
          validFrom: null,
          validUntil: null,
          status: "ACTIVE",
          values: given,
        },
      ]);
    });

    test("asks its database once a branch for 1,000 enterprises, and answers in their order", async () => {
      const query = jest.spyOn(department.subgraph.pool, "query");
      const answers = await read(codes);
      expect(query).toHaveBeenCalledTimes(2);
      query.mockRestore();
      expect(answers.map(({ creditCode }) => creditCode)).toEqual(codes);
      expect(answers.map((answer) => answer[`${name}Evidence`]!["creditCode"])).toEqual(codes);
    });

    test("reads only the tables of the fields that are asked for", async () => {
      const query = jest.spyOn(department.subgraph.pool, "query");
      const [type, other] = types;
      await department.ask(
        `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { ${name} { ...asked } } } }
       fragment asked on ${name[0]!.toUpperCase()}${name.slice(1)}Record { ${type!.recordField} { id } }`,
        representations([beilun]),
      );
      const text = JSON.stringify(query.mock.calls);
      query.mockRestore();
      expect(text).toContain(`AS \\"${type!.recordField}\\"`);
      expect(text).not.toContain(`AS \\"${other!.recordField}\\"`);
    });

    test("refuses a bad credit code for that enterprise only", async () => {
      const answer = await department.ask(everything, representations([beilun, "91330206FAKE000139"]));
      expect(answer.errors).toMatchObject([
        { path: ["_entities", 1], extensions: { code: "INVALID_CREDIT_CODE" } },
      ]);
      expect(answer.data!["_entities"]).toMatchObject([{ creditCode: beilun }, null]);
    });

    test("its migrations go up, down and up, and make the tables that its classes describe", async () => {
      const database = await createTestDatabase();
      const dataSource = await createDataSource(definition, database.url).initialize();
      try {
        await dataSource.runMigrations();
        for (let left = definition.migrations.length; left > 0; left--) await dataSource.undoLastMigration();
        const tables = await dataSource.query(
          "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'",
        );
        expect(tables).toEqual([]);
        await dataSource.runMigrations();
        const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
        expect(upQueries.map((query) => query.query)).toEqual([]);
      } finally {
        await dataSource.destroy();
        await database.drop();
      }
    });

    test("every primary key and unique index holds the credit code, and there is no trigger", async () => {
      const { rows } = await department.subgraph.pool.query(
        `SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
        AND indexdef LIKE 'CREATE UNIQUE%' AND indexdef NOT LIKE '%(credit_code%'
       UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal`,
      );
      expect(rows).toEqual([]);
    });
  },
);
