/** Protected fields and types start closed, and stay closed however they are asked for. */
import type { EngineOptions, ProtectionRequirement } from "../../../../gateway/engine/options";
import { federate, testContext, type TestAnswer } from "../federate";

const subgraphs = {
  tax: {
    typeDefs: `
      type Query { taxpayer: Taxpayer! anyone: Party! secret: Secret searched: [Found!]! }
      interface Party { name: String! income: Int }
      type Taxpayer implements Party @key(fields: "id") {
        id: ID! name: String! income: Int @authenticated
        arrears: Float! @requiresScopes(scopes: [["tax:read", "person:read"], ["admin"]])
        notes: String @policy(policies: [["auditor"]])
        level: Level
      }
      type Stranger implements Party { name: String! income: Int }
      type Secret @authenticated { text: String! }
      union Found = Secret | Stranger
      enum Level @requiresScopes(scopes: [["level:read"]]) { LOW HIGH }`,
    resolvers: {
      Query: {
        taxpayer: () => ({ id: "1" }),
        anyone: () => ({ __typename: "Taxpayer", id: "1" }),
        secret: () => ({ text: "x" }),
        searched: () => [
          { __typename: "Secret", text: "x" },
          { __typename: "Stranger", name: "S" },
        ],
      },
      Taxpayer: {
        name: () => "T",
        income: () => 5,
        arrears: () => 1.5,
        notes: () => "n",
        level: () => "LOW",
      },
    },
  },
};

const callers: Readonly<Record<string, (requirement: ProtectionRequirement) => boolean>> = {
  nobody: () => false,
  citizen: ({ authenticated, scopes, policies }) =>
    authenticated && scopes.length === 0 && policies.length === 0,
  officer: ({ scopes, policies }) =>
    policies.length === 0 &&
    (scopes.length === 0 ||
      scopes.some((all) => all.every((scope) => /^(tax|person|level):read$/.test(scope)))),
};

function federationWith(enforcement?: EngineOptions["enforcement"]) {
  return federate(subgraphs, enforcement ? { enforcement } : {});
}

const federation = federationWith({
  allows: (requirement, { attributes }) => callers[attributes["caller"] ?? "nobody"]!(requirement),
});

async function askAs(caller: string, query: string): Promise<TestAnswer> {
  federation.asked.length = 0;
  const context = { ...testContext(), attributes: { caller } };
  return JSON.parse((await federation.engine.execute({ query }, context)).json) as TestAnswer;
}

test("a supergraph that protects anything is refused without enforcement", () => {
  expect(() => federationWith()).toThrow(/protects .*without enforcement it is refused/);
});

test.each([
  ["{ taxpayer { income } }", { taxpayer: { income: null } }, ["taxpayer.income"]],
  ["{ taxpayer { wages: income name } }", { taxpayer: { wages: null, name: "T" } }, ["taxpayer.wages"]],
  ["{ taxpayer { ... on Party { income } } }", { taxpayer: { income: null } }, ["taxpayer.income"]],
  [
    "{ taxpayer { ...F } } fragment F on Taxpayer { income }",
    { taxpayer: { income: null } },
    ["taxpayer.income"],
  ],
  ["{ anyone { income } }", { anyone: { income: null } }, ["anyone.income"]],
  ["{ anyone { ... on Taxpayer { income } } }", { anyone: { income: null } }, ["anyone.income"]],
  ["{ taxpayer { level } }", { taxpayer: { level: null } }, ["taxpayer.level"]],
  ["{ taxpayer { notes } }", { taxpayer: { notes: null } }, ["taxpayer.notes"]],
  ["{ taxpayer { arrears } }", null, ["taxpayer.arrears"]],
  ["{ secret { text } }", { secret: null }, ["secret"]],
  ["{ searched { ... on Secret { text } ... on Stranger { name } } }", null, ["searched.0"]],
])("nobody sees a protected field by %s", async (query, data, paths) => {
  const answer = await askAs("nobody", query);
  expect(answer.data).toEqual(data);
  expect(answer.errors?.map(({ path }) => path?.join("."))).toEqual(paths);
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
});

test("each caller sees what the requirements allow, one after another", async () => {
  const query = "{ taxpayer { income level arrears notes } }";
  const readings = [];
  for (const caller of ["citizen", "officer", "citizen", "nobody"]) {
    const { data, errors } = await askAs(caller, query);
    readings.push([caller, data, errors?.map(({ path }) => path?.[1])]);
  }
  expect(readings).toEqual([
    ["citizen", null, expect.arrayContaining(["arrears"])],
    ["officer", { taxpayer: { income: 5, level: "LOW", arrears: 1.5, notes: null } }, ["notes"]],
    ["citizen", null, expect.arrayContaining(["arrears"])],
    ["nobody", null, expect.arrayContaining(["arrears"])],
  ]);
});

test("no subgraph is asked for what is denied", async () => {
  await askAs("nobody", "{ taxpayer { name income notes } }");
  expect(federation.asked.map(({ query }) => query).join()).not.toMatch(/income|notes/);
});

test("a subscription is not opened where it is denied, and its events are without what is denied", async () => {
  async function* tick() {
    yield { ticks: { id: "1", at: 1, secret: 2 }, secretTicks: { id: "1" } };
  }
  const { engine, asked } = federate(
    {
      clock: {
        typeDefs: `type Query { now: Int } type Subscription { ticks: Tick! secretTicks: Tick @authenticated }
          type Tick @key(fields: "id") { id: ID! at: Int secret: Int @authenticated }`,
        resolvers: { Subscription: { ticks: { subscribe: tick }, secretTicks: { subscribe: tick } } },
      },
      words: {
        typeDefs: `type Tick @key(fields: "id") { id: ID! word: String @policy(policies: [["words"]]) }`,
        resolvers: { Tick: { word: () => "tick" } },
      },
    },
    { enforcement: { allows: () => false } },
  );
  const answers: TestAnswer[] = [];
  for (const query of ["subscription { secretTicks { id } }", "subscription { ticks { at secret word } }"])
    for await (const { json } of engine.subscribe({ query, variables: {} }, testContext()))
      answers.push(JSON.parse(json) as TestAnswer);
  expect(answers.map(({ data }) => data)).toEqual([
    { secretTicks: null },
    { ticks: { at: 1, secret: null, word: null } },
  ]);
  expect(answers.flatMap(({ errors }) => errors!.map(({ extensions }) => extensions.code))).toEqual([
    "FORBIDDEN",
    "FORBIDDEN",
    "FORBIDDEN",
  ]);
  expect(asked).toEqual([]);
});
