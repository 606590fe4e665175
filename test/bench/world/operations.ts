/** What is asked of every gateway: the same documents and the same enterprises. */
import { checkCharacter } from "../../../schema/credit-code";
import type { Department } from "./city";

/** What is read of each department's record. */
export const RECORD_SELECTIONS: Readonly<Record<Department, string>> = {
  safety:
    "safety { accidents { id documentNumber occurredOn status class deaths liability } standardizationCertificates { id level status } }",
  transport: "transport { trafficViolations { id occurredOn kind points status } }",
  construction: "construction { wageArrears { id documentNumber occurredOn amount workers status } }",
  tax: "tax { arrears { id documentNumber amount since status } creditGrades { id year grade status } }",
  finance:
    "finance { creditLines { id amount lender status } loanDefaults { id amount daysPastDue status } }",
};

/** What is read of the decision. */
export const DECISION_SELECTION =
  "decision(purpose: LOAN) { outcome sentence measures { code department until legalBasis } reasons { factId row counted } }";

const RECORDS = Object.values(RECORD_SELECTIONS).join("\n    ");

const CREDIT_CHECK = `query CreditCheck($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) {
    creditCode asOf
    ${RECORDS}
    ${DECISION_SELECTION}
  }
}`;

const BATCH = `query Batch($creditCodes: [CreditCode!]!, $asOf: LocalDate) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) {
    creditCode asOf
    ${RECORDS}
    ${DECISION_SELECTION}
  }
}`;

const RECORDS_ONLY = `query Records($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) { creditCode asOf ${RECORDS} }
}`;

const AS_OF = "2026-11-01";

/** The credit code of the nth enterprise of the city: valid, and the same in every run. */
export function creditCodeOf(index: number): string {
  const body = `91330206MA${String(index).padStart(7, "0")}`;
  return body + checkCharacter(body);
}

const codes = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => creditCodeOf(first + index));

/** One kind of request, as the JSON texts of different enterprises. */
export interface Workload {
  readonly name: string;
  readonly bodies: readonly string[];
}

const bodyOf = (query: string, variables: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ query, variables });

/** One enterprise with all records and the decision on a loan; 256 different ones. */
export const creditCheck: Workload = {
  name: "credit check",
  bodies: codes(0, 256).map((creditCode) => bodyOf(CREDIT_CHECK, { creditCode, asOf: AS_OF })),
};

/** The same of 100 enterprises at once; 16 different hundreds. */
export const batchOf100: Workload = {
  name: "batch of 100",
  bodies: Array.from({ length: 16 }, (_, index) =>
    bodyOf(BATCH, { creditCodes: codes(index * 100, 100), asOf: AS_OF }),
  ),
};

/** All five records, no decision: one wave behind the root. */
export const recordsOnly: Workload = {
  name: "records",
  bodies: codes(0, 256).map((creditCode) => bodyOf(RECORDS_ONLY, { creditCode, asOf: AS_OF })),
};

/** Both chains and a field beside them, of 256 enterprises. */
export const chains: Workload = {
  name: "chains",
  bodies: codes(0, 256).map((creditCode) =>
    bodyOf(
      "query Chains($creditCode: ID!) { enterprise(creditCode: $creditCode) { bidClass routeClass creditLimit } }",
      {
        creditCode,
      },
    ),
  ),
};
