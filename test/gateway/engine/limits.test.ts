import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  getIntrospectionQuery,
  getNamedType,
  isLeafType,
  isRequiredArgument,
  Kind,
  parse,
  validate,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from "graphql";
import { compileCost } from "../../../gateway/engine/cost";
import { checkDocument, checkText, defaultDocumentLimits as limits } from "../../../gateway/engine/limits";
import { MEASURED_LIST_SIZES } from "../../../gateway/list-sizes";

const nested = (depth: number): string => "{a".repeat(depth) + "}".repeat(depth);
const checked = (query: string) => checkText(query, limits) ?? checkDocument(parse(query), limits).refusal;
const measured = (query: string) => {
  const refusal = checked(query);
  return refusal && `${String(refusal.extensions["limit"])} ${String(refusal.extensions["measured"])}`;
};
import { repositoryRoot } from "../../../schema/root";

describe("a document is refused when it is larger than a limit, and told which and by how much", () => {
  test.each([
    ["2 MB of one string", `{a(b:"${"x".repeat(2_000_000)}")}`, "charactersMax 2000009"],
    ["100,000 comments", "#\n".repeat(100_000) + "{a}", "charactersMax 200003"],
    ["more tokens than a query needs", `{${"a ".repeat(10_000)}}`, "tokensMax 10002"],
    ["brackets that would exhaust the parser", "{a(b:" + "[".repeat(5_000), "nestingMax 5002"],
    ["15 fields inside one another", nested(15), "depthMax 15"],
    ["60 fields inside one another", nested(60), "depthMax 60"],
    ["400 fields inside one another", nested(400), "depthMax 400"],
    [
      "depth through fragments",
      `{a{...F}} fragment F on T ${nested(7)} fragment G on T {b{...F}} query Q {c{c{c{c{c{c{c{...G}}}}}}}}`,
      "depthMax 15",
    ],
    ["introspection inside itself", `{__schema{t${nested(20)}}}`, "introspectionDepthMax 22"],
    ["101 aliases", `{${list(101, (n) => `a${n}:b`)}}`, "aliasesMax 101"],
    [
      "aliases in a fragment used twice",
      `{a{...F} b{...F}} fragment F on T {${aliases(51)}}`,
      "aliasesMax 102",
    ],
    ["101 root fields", `{${list(101, (n) => `f${n}`)}}`, "rootFieldsMax 101"],
    ["500 repeats of a field", `{a{${"b ".repeat(500)}}}`, "repeatsMax 500"],
    ["repeats through a fragment", `{a{${"...F ".repeat(101)}}} fragment F on T {b}`, "repeatsMax 101"],
    ["5,000 directives", `{a ${"@b".repeat(4_900)}}`, "directivesMax 4900"],
    ["51 operations", list(51, (n) => `query Q${n}{a}`), "operationsMax 51"],
    ["1,000 chained fragments", `{...F0}${list(1_000, chained)}`, "fragmentsMax 1000"],
    [
      "fragments that double 25 times",
      `{...F0}${list(25, doubling)} fragment F25 on T{a{b}}`,
      "fieldsMax 67108864",
    ],
  ])("%s", (_name, query, expected) => expect(measured(query)).toBe(expected));

  test("the largest that is allowed passes", () => {
    expect(checked(nested(14))).toBeNull();
    expect(checked(`{${aliases(100)}}`)).toBeNull();
  });

  test("GraphiQL's introspection passes, and is recognised", () => {
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true });
    expect(checkText(query, limits)).toBeNull();
    expect(checkDocument(parse(query), limits)).toEqual({ refusal: null, readsSchema: true });
  });

  test("introspection is recognised behind an alias and in a fragment", () => {
    const readsSchema = (query: string) => checkDocument(parse(query), limits).readsSchema;
    expect(readsSchema("{\na\n:\n__schema{types{name}}}")).toBe(true);
    expect(readsSchema('{...F} fragment F on Query{__type(name:"A"){name}}')).toBe(true);
    expect(readsSchema("{__typename schema: a}")).toBe(false);
  });

  test("circular and missing fragments are left to validation", () => {
    expect(checked("{...A} fragment A on T{a{...B}} fragment B on T{b{...A ...C}}")).toBeNull();
  });
});

describe("an operation is refused by what it would bring", () => {
  const schema = buildSchema(`
    type Query { items: [Item!]! batch(codes: [ID!]!): [Item!]! search(first: Int = 10): Connection! one: Item }
    type Connection { edges: [Edge!]! } type Edge { node: Item! } type Item { id: ID! children: [Item!] parent: Item }`);
  const cost = (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const options = { document, operation: operation as OperationDefinitionNode };
    return compileCost(schema, options, { ...limits, costMax: 0 })(variables)?.extensions["measured"];
  };
  const passes = (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    const options = { document, operation: document.definitions[0] as OperationDefinitionNode };
    return compileCost(schema, options, limits)(variables) === null;
  };

  test("lists eight deep are refused", () => {
    const query = `{items{${"children{".repeat(7)}id${"}".repeat(7)}}}`;
    expect(passes(query)).toBe(false);
    expect(cost(query)).toBe(10_000 + 111_111_110);
  });

  test("100 aliases of one root list are refused, ten are not", () => {
    expect(passes(`{${list(100, (n) => `a${n}:items{id}`)}}`)).toBe(false);
    expect(passes(`{${list(10, (n) => `a${n}:items{id}`)}}`)).toBe(true);
  });

  test("a list argument bounds its list, given in the text or as a variable", () => {
    expect(cost("{batch(codes:[1,2,3]){id}}")).toBe(10_003);
    expect(cost("query($c:[ID!]!){batch(codes:$c){id children{id}}}", { c: Array(1000).fill("x") })).toBe(
      21_000,
    );
  });

  test("the first of a connection bounds its edges, its default too", () => {
    expect(cost("{search{edges{node{id}}}}")).toBe(21);
    expect(cost("query($n:Int){search(first:$n){edges{node{children{id}}}}}", { n: 50 })).toBe(601);
  });

  test("variables multiply when lists they bound lie inside one another", () => {
    const query = "query($c:[ID!]!){...F} fragment F on Query{batch(codes:$c){children{parent{id}}}}";
    expect(cost(query, { c: ["a", "b"] })).toBe(10_042);
  });

  test("leaves and single objects cost next to nothing", () => expect(cost("{one{id parent{id}}}")).toBe(2));
});

describe("the hub's own questions pass", () => {
  const schema = buildSchema(readFileSync(join(repositoryRoot, "schema", "api.graphql"), "utf8"));
  const enterprise = schema.getType("Enterprise") as GraphQLObjectType;

  // All schemes side by side are a question of their own.
  const ownQuestion = ["assessments"];

  /** Everything below a type, as deep as the graph goes. */
  function everything(named: GraphQLNamedType): string {
    if (isLeafType(named)) return "";
    const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
      ({ name, args, type }) =>
        !ownQuestion.includes(name) &&
        getNamedType(type) !== enterprise &&
        args.every((argument) => !isRequiredArgument(argument)),
    );
    return `{${fields.map(({ name, type }) => name + everything(getNamedType(type))).join(" ")}}`;
  }

  /** The check of a question about many enterprises, which is refused by no other limit. */
  function checkOf(selection: string): (enterprises: number) => unknown {
    const query = `query($codes:[CreditCode!]!){enterprises(creditCodes:$codes){${selection}}}`;
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    expect(checkText(query, limits)).toBeNull();
    expect(checkDocument(document, limits).refusal).toBeNull();
    const check = compileCost(
      schema,
      { document, operation: document.definitions[0] as OperationDefinitionNode },
      { ...limits, listSizes: MEASURED_LIST_SIZES },
    );
    return (enterprises) => check({ codes: Array(enterprises).fill("91330206FAKE000138") });
  }

  test("1,000 enterprises, with decision, assessment and the records of five departments, in every field", () => {
    const decision = everything(getNamedType(enterprise.getFields()["decision"]!.type));
    const check = checkOf(`decision(purpose:LOAN)${decision} ${everything(enterprise).slice(1, -1)}`);
    expect(check(1_000)).toBeNull();
    expect(check(2_000)).not.toBeNull();
  });

  test("1,000 enterprises under every scheme that has something to say, in every field", () => {
    const check = checkOf(
      `assessments${everything(getNamedType(enterprise.getFields()["assessments"]!.type))}`,
    );
    expect(check(1_000)).toBeNull();
    expect(check(3_000)).not.toBeNull();
  });
});

function list(length: number, text: (n: number) => string): string {
  return Array.from({ length }, (_, n) => text(n)).join(" ");
}

function aliases(count: number): string {
  return list(count, (n) => `a${n}:__typename`);
}

function chained(n: number): string {
  return `fragment F${n} on T{...F${n + 1}}`;
}

function doubling(n: number): string {
  return `fragment F${n} on T{...F${n + 1} ...F${n + 1}}`;
}
