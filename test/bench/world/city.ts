/**
 * A city in miniature, in the hub's own shape: `joint` has the root fields and the decision, five departments hang a
 * record and lent evidence on Enterprise. Only the facts are fewer, so that the gateway is what is measured.
 */
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

export const DEPARTMENTS = ["safety", "transport", "construction", "tax", "finance"] as const;
export type Department = (typeof DEPARTMENTS)[number];
export type SubgraphName = Department | "joint";
export const SUBGRAPHS: readonly SubgraphName[] = [...DEPARTMENTS, "joint"];

/** The head of every subgraph's SDL. */
export const FEDERATION_LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@external", "@requires", "@shareable", "@inaccessible"])
`;

const SHARED_SDL = `
scalar CreditCode scalar LocalDate scalar DateTime scalar JSON
enum EvidenceStatus { ON_RECORD NONE_ON_RECORD }
enum FactStatus { ACTIVE DISPUTED WITHDRAWN }
type Evidence @shareable { status: EvidenceStatus! creditCode: CreditCode! facts: [EvidenceFact!]! }
type EvidenceFact @shareable {
  id: ID! type: String! documentNumber: String occurredOn: LocalDate validFrom: LocalDate validUntil: LocalDate
  status: FactStatus! values: JSON!
}
`;

const FACT_FIELDS = "id: ID! documentNumber: String occurredOn: LocalDate status: FactStatus!";

const RECORD_SDL: Readonly<Record<Department, string>> = {
  safety: `type SafetyRecord { accidents: [Accident!]! standardizationCertificates: [StandardizationCertificate!]! }
    type Accident { ${FACT_FIELDS} class: String! deaths: Int! liability: Boolean! }
    type StandardizationCertificate { ${FACT_FIELDS} level: Int! }`,
  transport: `type TransportRecord { trafficViolations: [TrafficViolation!]! }
    type TrafficViolation { ${FACT_FIELDS} kind: String! points: Int }`,
  construction: `type ConstructionRecord { wageArrears: [WageArrears!]! }
    type WageArrears { ${FACT_FIELDS} amount: String! workers: Int }`,
  tax: `type TaxRecord { arrears: [TaxArrears!]! creditGrades: [TaxpayerCreditGrade!]! }
    type TaxArrears { ${FACT_FIELDS} amount: String! since: LocalDate! }
    type TaxpayerCreditGrade { ${FACT_FIELDS} year: Int! grade: String! }`,
  finance: `type FinanceRecord { creditLines: [CreditLine!]! loanDefaults: [LoanDefault!]! }
    type CreditLine { ${FACT_FIELDS} amount: String! lender: String! }
    type LoanDefault { ${FACT_FIELDS} amount: String! daysPastDue: Int! }`,
};

export const recordType = (department: Department): string =>
  `${department[0]!.toUpperCase()}${department.slice(1)}Record`;

const KEY_SDL = `type Enterprise @key(fields: "creditCode asOf knownAt") {
  creditCode: CreditCode! asOf: LocalDate! knownAt: DateTime`;

const departmentSdl = (
  department: Department,
): string => `${FEDERATION_LINK}${SHARED_SDL}${RECORD_SDL[department]}
${KEY_SDL} ${department}: ${recordType(department)} ${department}Evidence: Evidence @inaccessible }`;

/** What `joint` needs of each department's evidence. */
export const EVIDENCE_SELECTION = `{ status creditCode facts { id type documentNumber occurredOn validFrom validUntil status values } }`;
const lent = DEPARTMENTS.map((department) => `${department}Evidence: Evidence @external`).join(" ");
const needed = DEPARTMENTS.map((department) => `${department}Evidence ${EVIDENCE_SELECTION}`).join(" ");

const JOINT_SDL = `${FEDERATION_LINK}${SHARED_SDL}
enum Purpose { LOAN REBATE BID }
enum Outcome { FAVOURED NORMAL RESTRICTED BARRED UNDETERMINED }
type Query {
  enterprise(creditCode: CreditCode!, asOf: LocalDate, knownAt: DateTime): Enterprise!
  enterprises(creditCodes: [CreditCode!]!, asOf: LocalDate, knownAt: DateTime): [Enterprise!]!
}
type Measure { code: String! department: String! until: LocalDate legalBasis: String! }
type Reason { factId: ID! row: String! counted: Boolean! }
type Decision { outcome: Outcome! sentence: String! measures: [Measure!]! reasons: [Reason!]! }
${KEY_SDL} ${lent} decision(purpose: Purpose!): Decision! @requires(fields: "${needed}") }`;

/** The SDL of one subgraph of the city. */
export const subgraphSdl = (name: SubgraphName): string =>
  name === "joint" ? JOINT_SDL : departmentSdl(name);

/** Composes subgraphs to supergraph SDL; a composition error is thrown, because then the bench itself is wrong. */
export function composeSupergraph(
  services: readonly { readonly name: string; readonly sdl: string; readonly url: string }[],
): string {
  const composed = composeServices(
    services.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (composed.supergraphSdl) return composed.supergraphSdl;
  throw new Error(`the bench's subgraphs do not compose: ${composed.errors?.map(String).join("; ")}`);
}
