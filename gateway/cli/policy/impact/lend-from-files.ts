/** Evidence from a share of the files' lines: recorded as the departments would record them, then lent as they would lend. */
import { readFileSync } from "node:fs";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { HubError } from "../../../../schema/errors";
import { type Evidence, type EvidenceFact } from "../../../../subgraphs/joint/evidence/evidence";
import { type LentBranches, parseEvidence } from "../../../../subgraphs/joint/evidence/parse-evidence";
import { occurrenceDay } from "../../../../subgraphs/joint/policy/pack/fact-fields";
import { decideFact, type FactVersion } from "../../../../subgraphs/shared/decide-fact";
import { toSnakeCase } from "../../../../subgraphs/shared/fact-table";
import {
  createFactValidator,
  type FactInput,
  type ValidFact,
} from "../../../../subgraphs/shared/validate-fact";
import type { Lent } from "./lend-from-graph";

/** One line of a share: where it stood, and what it says. */
export interface ShareLine {
  readonly department: FactDepartment;
  readonly line: number;
  readonly fact: FactInput;
}

const validators = new Map(FACT_DEPARTMENTS.map((one) => [one, createFactValidator(one)]));
// Whatever was recorded was recorded by then; nothing is kept.
const CLOCK = "9999-01-01T00:00:00.000Z";

interface Version extends FactVersion {
  readonly fact: EvidenceFact;
}

type Recorded = Map<FactDepartment, Map<string, Version[]>>;

/** What the files tell of the enterprises of a share that are registered. Throws one error with every line that is no fact. */
export function lendFromShare(
  file: string,
  { asOf, answering }: { readonly asOf: string; readonly answering: readonly FactDepartment[] },
): Lent {
  const byCode = new Map<string, Recorded>();
  const faults: string[] = [];
  for (const text of readFileSync(file, "utf8").split("\n")) {
    if (text === "") continue;
    const line = JSON.parse(text) as ShareLine;
    try {
      record(line, byCode);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      faults.push(`${line.department.toLowerCase()}.ndjson, line ${line.line}: ${error.message}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const lent = new Map<string, Evidence>();
  for (const [creditCode, recorded] of byCode)
    if (isRegistered(recorded)) lent.set(creditCode, lendAbout(creditCode, recorded, { asOf, answering }));
  return lent;
}

function record({ department, line, fact: input }: ShareLine, byCode: Map<string, Recorded>): void {
  const fact = validators.get(department)!(input);
  const recorded = byCode.get(fact.creditCode) ?? new Map<FactDepartment, Map<string, Version[]>>();
  byCode.set(fact.creditCode, recorded);
  const ofDepartment = recorded.get(department) ?? new Map<string, Version[]>();
  recorded.set(department, ofDepartment);
  const key = `${fact.type.name} ${fact.documentNumber}`;
  const versions = ofDepartment.get(key) ?? [];
  ofDepartment.set(key, versions);
  const decision = decideFact(fact, versions, { clock: CLOCK, isReplay: true });
  if (decision.kind === "rejected") throw new HubError(decision.code, decision.reason);
  if (decision.kind === "unchanged") return;
  if (decision.kind === "corrected") decision.replaces.latest = false;
  versions.push({
    id: String(line),
    digest: fact.digest,
    recordedAt: decision.recordedAt,
    correction: decision.kind === "corrected",
    latest: true,
    fact: toEvidenceFact(fact, department, line),
  });
}

function toEvidenceFact(
  { type, documentNumber, columns }: ValidFact,
  department: FactDepartment,
  line: number,
): EvidenceFact {
  const text = (column: string) => (columns[column] ?? null) as string | null;
  const own = type.fields.map(({ name }): [string, unknown] => [name, columns[toSnakeCase(name)]]);
  return {
    id: `${FACT_DEPARTMENTS.indexOf(department)}-${String(line).padStart(12, "0")}`,
    department,
    type: type.name,
    documentNumber: documentNumber === "" ? null : documentNumber,
    occurredOn: text("occurred_on"),
    validFrom: text("valid_from"),
    validUntil: text("valid_until"),
    status: columns["status"] as EvidenceFact["status"],
    values: Object.fromEntries(own.filter(([, value]) => value !== null)),
  };
}

const latestOf = (recorded: Recorded, department: FactDepartment): EvidenceFact[] =>
  [...(recorded.get(department)?.values() ?? [])].flatMap((versions) =>
    versions.filter(({ latest }) => latest).map(({ fact }) => fact),
  );

const isRegistered = (recorded: Recorded): boolean =>
  latestOf(recorded, "SAFETY").some(
    ({ type, status }) => type === "EnterpriseRegistration" && status !== "WITHDRAWN",
  );

function lendAbout(
  creditCode: string,
  recorded: Recorded,
  { asOf, answering }: { readonly asOf: string; readonly answering: readonly FactDepartment[] },
): Evidence {
  const branches = answering.map((department) => {
    const facts = latestOf(recorded, department).filter((fact) => (occurrenceDay(fact) ?? "") <= asOf);
    const status = facts.length > 0 ? "ON_RECORD" : "NONE_ON_RECORD";
    return [`${department.toLowerCase()}Evidence`, { status, creditCode, facts }];
  });
  return parseEvidence({ creditCode, asOf, ...Object.fromEntries(branches) } as LentBranches);
}
