import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from "graphql";
import { jointSchema } from "../../../subgraphs/joint";
import { buildSubgraph } from "../../../subgraphs/shared/subgraph-schema";

const { schema, sdl } = buildSubgraph(jointSchema);
const ownTypes = Object.values(schema.getTypeMap()).filter(
  (type) =>
    !type.name.startsWith("_") &&
    !type.name.includes("__") &&
    !isSpecifiedScalarType(type) &&
    !["Query", "Mutation"].includes(type.name),
);

test("every type, field, argument and value says what it is", () => {
  const silent: string[] = [];
  const check = (name: string, { description }: { readonly description?: string | null }) => {
    if (!description) silent.push(name);
  };
  for (const type of [...ownTypes, schema.getQueryType()!]) {
    if (type !== schema.getQueryType()) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("_")) continue;
      check(`${type.name}.${field.name}`, field);
      if ("args" in field)
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  expect(silent).toEqual([]);
});

const requiring = (lent: string) =>
  sdl.match(/^ +\w*\)?.*@requires\(fields: "[^"]*"\)/gm)!.filter((line) => line.includes(lent));

const EVIDENCE = ["safety", "transport", "construction", "tax", "finance"].map(
  (department) =>
    `${department}Evidence { status creditCode facts { id type documentNumber occurredOn validFrom validUntil status values } }`,
);

test("what the departments lend is required by what is judged, in full, and by nothing else", () => {
  const judged = requiring("Evidence {").filter((line) => !line.includes("Cases {"));
  expect(judged).toHaveLength(4);
  for (const branch of EVIDENCE) for (const line of judged) expect(line).toContain(branch);
});

test("over whom something may be due is required by duties, with all evidence of each, and by nothing else", () => {
  const due = requiring("Cases {");
  expect(due).toHaveLength(3);
  for (const department of ["safety", "transport", "construction", "tax"])
    for (const line of due)
      expect(line).toContain(
        `${department}Cases { question isWhole missingReports enterprises { creditCode asOf knownAt ${EVIDENCE.join(" ")} } }`,
      );
});

test("the counts that departments lend are required by statistics, and by nothing else", () => {
  const counted = requiring("Tallies {");
  expect(counted).toHaveLength(2);
  for (const department of ["safety", "transport", "construction", "tax"])
    for (const line of counted)
      expect(line).toContain(`${department}Tallies { scheme asOf rows { of counts } }`);
});
