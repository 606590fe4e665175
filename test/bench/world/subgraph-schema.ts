/** The city's subgraphs as executable schemas. Facts follow from the credit code, decisions from the evidence sent. */
import { createHash } from "node:crypto";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, type GraphQLSchema } from "graphql";
import { DEPARTMENTS, subgraphSdl, type Department, type SubgraphName } from "./city";

interface EnterpriseKey {
  readonly creditCode: string;
  readonly asOf: string;
  readonly knownAt: string | null;
}

interface Fact {
  readonly id: string;
  readonly type: string;
  readonly documentNumber: string | null;
  readonly occurredOn: string;
  readonly validFrom: null;
  readonly validUntil: string | null;
  readonly status: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Evidence {
  readonly creditCode: string;
  readonly facts: readonly Fact[];
}

const OWN_FIELDS: Readonly<
  Record<Department, readonly (readonly [list: string, type: string, values: object])[]>
> = {
  safety: [
    ["accidents", "Accident", { class: "ORDINARY", deaths: 1, liability: true }],
    ["standardizationCertificates", "StandardizationCertificate", { level: 2 }],
  ],
  transport: [["trafficViolations", "TrafficViolation", { kind: "超载", points: 6 }]],
  construction: [["wageArrears", "WageArrears", { amount: "120000.00", workers: 14 }]],
  tax: [
    ["arrears", "TaxArrears", { amount: "88000.50", since: "2026-03-01" }],
    ["creditGrades", "TaxpayerCreditGrade", { year: 2025, grade: "B" }],
  ],
  finance: [
    ["creditLines", "CreditLine", { amount: "4000000.00", lender: "宁波银行" }],
    ["loanDefaults", "LoanDefault", { amount: "250000.00", daysPastDue: 93 }],
  ],
};

const spread = (text: string): number => createHash("sha256").update(text).digest().readUInt32LE();

/** Of ten enterprises seven have no fact of a type, two have one, one has two; always the same for one credit code. */
const FACT_COUNTS = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2];

function factsOf(creditCode: string, type: string, values: object): Fact[] {
  return Array.from({ length: FACT_COUNTS[spread(creditCode + type) % FACT_COUNTS.length]! }, (_, index) => {
    const seed = spread(`${creditCode}${type}${index}`);
    const day = String(1 + (seed % 28)).padStart(2, "0");
    return {
      id: `${type.toLowerCase()}-${creditCode}-${index}`,
      type,
      documentNumber: seed % 4 === 0 ? null : `甬${type}〔2026〕${seed % 1000}号`,
      occurredOn: `2026-0${1 + (seed % 9)}-${day}`,
      validFrom: null,
      validUntil: seed % 2 === 0 ? null : "2027-06-30",
      status: seed % 10 === 0 ? "DISPUTED" : "ACTIVE",
      values: { ...values },
    };
  });
}

function departmentResolvers(department: Department) {
  const lists = OWN_FIELDS[department];
  return {
    Enterprise: {
      __resolveReference: (key: EnterpriseKey) => ({ ...key }),
      [department]: ({ creditCode }: EnterpriseKey) =>
        Object.fromEntries(
          lists.map(([list, type, values]) => [
            list,
            factsOf(creditCode, type, values).map((fact) => ({ ...fact, ...fact.values })),
          ]),
        ),
      [`${department}Evidence`]: ({ creditCode }: EnterpriseKey) => {
        const facts = lists.flatMap(([, type, values]) => factsOf(creditCode, type, values));
        return { status: facts.length > 0 ? "ON_RECORD" : "NONE_ON_RECORD", creditCode, facts };
      },
    },
  };
}

/** The sentence carries a digest of the evidence, so a gateway that sends other evidence gives another answer. */
function decide(enterprise: EnterpriseKey & Readonly<Record<string, unknown>>) {
  const evidence = DEPARTMENTS.map((department) => enterprise[`${department}Evidence`] as Evidence | null);
  const facts = evidence
    .flatMap((each) => [...(each?.facts ?? [])])
    .filter((fact) => fact.type !== "CreditLine");
  const digest = createHash("sha256")
    .update(JSON.stringify(sortKeys(evidence)))
    .digest("hex")
    .slice(0, 16);
  return {
    outcome: evidence.includes(null) ? "UNDETERMINED" : facts.length > 5 ? "RESTRICTED" : "NORMAL",
    sentence: `依据${facts.length}项事实作出（证据摘要${digest}）。`,
    measures: facts.slice(0, 2).map((fact) => ({
      code: "LOAN_RESTRICT",
      department: "FINANCE",
      until: fact.validUntil,
      legalBasis: "《安全生产法》第七十八条",
    })),
    reasons: facts.map((fact, index) => ({
      factId: fact.id,
      row: `R-${index + 1}`,
      counted: fact.status === "ACTIVE",
    })),
  };
}

/** Hive Gateway leaves nulls out of representations, Apollo sends them: the digest takes both for the same. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([name, of]) => name !== "__typename" && of !== null);
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, of]) => [name, sortKeys(of)]),
  );
}

const jointResolvers = {
  Query: {
    enterprise: (_: unknown, key: EnterpriseKey) => ({ ...key, knownAt: key.knownAt ?? null }),
    enterprises: (_: unknown, { creditCodes, ...time }: { readonly creditCodes: readonly string[] }) =>
      creditCodes.map((creditCode) => ({ knownAt: null, ...time, creditCode })),
  },
  Enterprise: { __resolveReference: (key: EnterpriseKey) => ({ ...key }), decision: decide },
};

/** The executable schema of one subgraph. */
export function buildCitySchema(name: SubgraphName): GraphQLSchema {
  const resolvers = name === "joint" ? jointResolvers : departmentResolvers(name);
  return buildSubgraphSchema([{ typeDefs: parse(subgraphSdl(name)), resolvers: resolvers as never }]);
}
