/** The facts of a case as evidence: what each department had recorded by an instant and lends on a day. */
import { FACT_DEPARTMENTS, findFactType, type FactDepartment } from "../../../schema/fact-catalogue";
import type { DepartmentEvidence, Evidence, EvidenceFact } from "../../../subgraphs/joint/evidence/evidence";
import { occurrenceDay } from "../../../subgraphs/joint/policy/pack/fact-fields";
import type { CaseFact } from "./case";

/** Who is asked about, when, and who does not answer. */
export interface CaseQuestion {
  readonly creditCode: string;
  readonly asOf: string;
  readonly knownAt: string | undefined;
  readonly silent: readonly FactDepartment[];
}

const COMMON = new Set([
  ..."type creditCode department documentNumber authority occurredOn validFrom validUntil disclosure status".split(
    " ",
  ),
  ..."recordedAt correction corrects".split(" "),
]);

/** Evidence for a question. Throws for a fact that the catalogue does not allow. */
export function evidenceFor(facts: readonly CaseFact[], question: CaseQuestion): Evidence {
  const mine = facts.filter(({ creditCode }) => creditCode === question.creditCode);
  const lent = factsKnownAt(mine, question.knownAt).filter(
    (fact) => (occurrenceDay(fact) ?? "") <= question.asOf,
  );
  const evidence = {} as Record<FactDepartment, DepartmentEvidence>;
  for (const department of FACT_DEPARTMENTS) {
    evidence[department] = question.silent.includes(department)
      ? { status: "UNKNOWN", why: "silent" }
      : { status: "KNOWN", facts: lent.filter((fact) => fact.department === department) };
  }
  return evidence;
}

/** The facts of one enterprise as they were known at an instant, corrected ones replaced. Throws as `evidenceFor`. */
export function factsKnownAt(
  facts: readonly CaseFact[],
  knownAt: string | undefined,
): readonly EvidenceFact[] {
  return knownFacts(facts, knownAt).map(toEvidenceFact);
}

/** A fact with the position in which it was recorded. */
export interface Recorded {
  readonly fact: CaseFact;
  readonly at: number;
}

/**
 * What had been recorded by an instant: without recordedAt before every instant. A correction takes the place of what it
 * corrects; the same matter recorded twice with the same content is one fact, as in the departments' databases.
 */
export function knownFacts(facts: readonly CaseFact[], knownAt: string | undefined): readonly Recorded[] {
  const instant = (fact: CaseFact) =>
    fact["recordedAt"] === undefined ? -Infinity : Date.parse(String(fact["recordedAt"]));
  const until = knownAt === undefined ? Infinity : Date.parse(knownAt);
  const recorded = facts.map((fact, at) => ({ fact, at })).filter(({ fact }) => instant(fact) <= until);
  const isCorrection = ({ fact }: Recorded) => fact["correction"] === true;
  recorded.sort(
    (a, b) =>
      (instant(a.fact) === instant(b.fact) ? 0 : instant(a.fact) - instant(b.fact)) ||
      Number(isCorrection(a)) - Number(isCorrection(b)) ||
      a.at - b.at,
  );
  const current: Recorded[] = [];
  for (const one of recorded) {
    const corrected = isCorrection(one) ? current.findIndex(({ fact }) => isSame(fact, one.fact)) : -1;
    if (corrected >= 0) current[corrected] = one;
    else if (!current.some(({ fact }) => isRepeated(fact, one.fact))) current.push(one);
  }
  return current;
}

function isRepeated(one: CaseFact, other: CaseFact): boolean {
  if (one["documentNumber"] === undefined || !isSame(one, other)) return false;
  const names = [...Object.keys(one), ...Object.keys(other)].filter((name) => name !== "recordedAt");
  return names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

function isSame(one: CaseFact, other: CaseFact): boolean {
  return one.type === other.type && one["documentNumber"] === other["documentNumber"];
}

/** A fact as its department lends it. Throws for one that the catalogue does not allow. */
export function toEvidenceFact({ fact, at }: Recorded): EvidenceFact {
  const type = findFactType(fact.type);
  if (!type) throw new Error(`there is no fact type ${fact.type}`);
  const department = (fact["department"] ?? type.departments[0]) as FactDepartment;
  if (!type.departments.includes(department)) throw new Error(`${department} does not record ${fact.type}`);
  const values = Object.fromEntries(Object.entries(fact).filter(([name]) => !COMMON.has(name)));
  const unknown = Object.keys(values).find((name) => !type.fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new Error(`${fact.type} has no field ${unknown}`);
  const text = (name: string) => (typeof fact[name] === "string" ? fact[name] : null);
  return {
    id: `fact-${String(at).padStart(6, "0")}`,
    department,
    type: fact.type,
    documentNumber: text("documentNumber"),
    occurredOn: text("occurredOn"),
    validFrom: text("validFrom"),
    validUntil: text("validUntil"),
    status: (fact["status"] ?? "ACTIVE") as EvidenceFact["status"],
    values,
  };
}
