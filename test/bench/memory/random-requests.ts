/** What a city's callers ask in an hour, good and bad, drawn with a seed: the nth request is the same in every run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { chanceOf, type Chance } from "../../../gateway/cli/generate/random";
import { repositoryRoot } from "../../../schema/root";
import { FACTS } from "../hub/contest";
import { drawSelection } from "./random-selection";

/** One request. With `cutAfterMs` the caller goes away before the answer. */
export interface RandomRequest {
  readonly kind: string;
  readonly body: string;
  readonly cutAfterMs?: number;
}

/** What requests are drawn from. */
export interface Drawn {
  readonly creditCodes: readonly string[];
  readonly seed: number;
}

const DAYS = ["2026-11-01", "2026-11-02", "2026-11-03"];
const PAST_DAYS = ["2024-06-30", "2025-03-31", "2025-12-31"];
const PURPOSES = ["LOAN", "REBATE", "BID", "INSURANCE", "PROJECT_APPROVAL", "SUPERVISION"];
const TEXTS = ["宁波", "建设", "化工", "nb", "hg", "科技", "91330206", "没有这家"];
const DOCUMENTS = 200;
const TIMES = "$creditCode: CreditCode!, $asOf: LocalDate, $knownAt: DateTime";
const ONE = "enterprise(creditCode: $creditCode, asOf: $asOf, knownAt: $knownAt)";
const DECISION =
  "decision(purpose: $purpose) { id outcome sentence measures { code department until } missing { department } reviewOn receipt }";

const CREDIT_CHECK = `query CreditCheck(${TIMES}, $purpose: Purpose!) { ${ONE} {${FACTS} ${DECISION} } }`;
const FACTS_ALONE = `query Facts(${TIMES}) { ${ONE} {${FACTS} } }`;
const ASSESSMENT = `query Assess(${TIMES}) { ${ONE} { assessment { score grade undetermined measures { code } reasons { counted } } } }`;
const BATCH = `query Batch($creditCodes: [CreditCode!]!, $asOf: LocalDate) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) { creditCode tax { arrears { amount } } decision(purpose: LOAN) { outcome } }
}`;
const SEARCH = `query Search($text: String!) { searchEnterprises(text: $text, first: 5) { edges { node { creditCode } } } }`;
const CORRECTION =
  "mutation Correct($input: TaxArrearsInput!) { recordTaxArrears(input: $input) { id amount } }";

type Draw = (chance: Chance, drawn: Drawn) => Omit<RandomRequest, "kind">;

const asked = (query: string, variables: object): { readonly body: string } => ({
  body: JSON.stringify({ query, variables }),
});

const enterpriseOf = (chance: Chance, { creditCodes }: Drawn) => ({ creditCode: chance.pick(creditCodes) });

function drawBatch(chance: Chance, { creditCodes }: Drawn) {
  const start = chance.between(0, creditCodes.length - 20);
  return asked(BATCH, { creditCodes: creditCodes.slice(start, start + 20), asOf: chance.pick(DAYS) });
}

/** One of a few documents gets another amount, or a conflict: what is in force does not grow. */
function drawCorrection(chance: Chance, { creditCodes }: Drawn) {
  const number = chance.between(0, DOCUMENTS - 1);
  const input = {
    creditCode: creditCodes[number],
    documentNumber: `bench-${number}`,
    amount: `${chance.between(1, 9_000_000)}.00`,
    since: "2026-01-01",
    correction: chance.happens(0.8),
  };
  return asked(CORRECTION, { input });
}

const INVALID: readonly string[] = [
  "{",
  "null",
  "[]",
  JSON.stringify({ query: "{ nothing }" }),
  JSON.stringify({ query: "{ enterprise(creditCode: 5) { creditCode } }" }),
  JSON.stringify({ query: "query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }" }),
  JSON.stringify({ query: CREDIT_CHECK, variables: { creditCode: "91330206MA0000000X", purpose: "THEFT" } }),
];

function drawOversized(chance: Chance) {
  const aliases = Array.from(
    { length: 300 },
    (_, index) => `x${index}_${chance.between(0, 1e6)}: __typename`,
  );
  const big = {
    query: "query Big($text: String) { __typename }",
    variables: { text: "z".repeat(1_200_000) },
  };
  return { body: chance.happens(0.8) ? asked(`{ ${aliases.join(" ")} }`, {}).body : JSON.stringify(big) };
}

function createDraws(schema: GraphQLSchema): readonly (readonly [kind: string, weight: number, Draw])[] {
  const enterprise = schema.getType("Enterprise") as GraphQLObjectType;
  const check = (chance: Chance, drawn: Drawn, times: object) =>
    asked(CREDIT_CHECK, { ...enterpriseOf(chance, drawn), purpose: chance.pick(PURPOSES), ...times });
  const randomSelection: Draw = (chance, drawn) =>
    asked(`query Random(${TIMES}) { ${ONE} ${drawSelection(enterprise, chance)} }`, {
      ...enterpriseOf(chance, drawn),
      asOf: chance.pick(DAYS),
    });
  return [
    ["credit check", 30, (chance, drawn) => check(chance, drawn, { asOf: chance.pick(DAYS) })],
    ["credit check, today", 8, (chance, drawn) => check(chance, drawn, {})],
    ["past day", 6, (chance, drawn) => check(chance, drawn, { asOf: chance.pick(PAST_DAYS) })],
    [
      "known at",
      6,
      (chance, drawn) =>
        check(chance, drawn, { asOf: chance.pick(PAST_DAYS), knownAt: knownAtOf(chance.between(0, 9)) }),
    ],
    ["facts", 15, (chance, drawn) => asked(FACTS_ALONE, enterpriseOf(chance, drawn))],
    ["assessment", 4, (chance, drawn) => asked(ASSESSMENT, enterpriseOf(chance, drawn))],
    ["batch of 20", 3, drawBatch],
    ["search", 5, (chance) => asked(SEARCH, { text: chance.pick(TEXTS) })],
    ["random selection", 3, randomSelection],
    ["correction", 4, drawCorrection],
    ["invalid", 6, (chance) => ({ body: chance.pick(INVALID) })],
    ["oversized", 1, drawOversized],
    ["cut off", 4, (chance, drawn) => ({ ...drawBatch(chance, drawn), cutAfterMs: chance.between(0, 50) })],
  ];
}

const knownAtOf = (hour: number): string => `2026-11-0${hour === 0 ? 1 : hour}T08:00:00Z`;

/** Draws requests by their number. */
export function createRandomRequests(drawn: Drawn): (index: number) => RandomRequest {
  const schema = buildSchema(readFileSync(join(repositoryRoot, "schema", "api.graphql"), "utf8"));
  const weighed = createDraws(schema).map(([kind, weight, draw]) => [{ kind, draw }, weight] as const);
  return (index) => {
    const chance = chanceOf(drawn.seed, index);
    const { kind, draw } = chance.weigh(weighed);
    return { kind, ...draw(chance, drawn) };
  };
}
