/**
 * Strict reading of what the five departments lend. Whatever is not exactly an answer about this enterprise on this day
 * is UNKNOWN, with the reason: the judgement then says that it does not know. One department's fault never spoils
 * another's evidence and never throws.
 */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import { checkValues, findFactShape } from "./check-values";
import type { DepartmentEvidence, Evidence, EvidenceFact, EvidenceFactStatus } from "./evidence";
import { isLentText, nothingOnRecord, openLentText } from "./lent-text";
import { isLocalDate } from "./local-date";

/** An enterprise on a day, with the five branches as they came over the graph (values or `LentText`), not yet believed. */
export interface LentBranches {
  readonly creditCode: string;
  readonly asOf: string;
  readonly safetyEvidence?: unknown;
  readonly transportEvidence?: unknown;
  readonly constructionEvidence?: unknown;
  readonly taxEvidence?: unknown;
  readonly financeEvidence?: unknown;
}

type Bag = Readonly<Record<string, unknown>>;

const FACTS_MAX = 10_000;
const ID_CHARACTERS_MAX = 200;
const STATUSES: ReadonlySet<unknown> = new Set<EvidenceFactStatus>(["ACTIVE", "DISPUTED", "WITHDRAWN"]);
const BRANCHES: Readonly<Record<FactDepartment, keyof LentBranches>> = {
  SAFETY: "safetyEvidence",
  TRANSPORT: "transportEvidence",
  CONSTRUCTION: "constructionEvidence",
  TAX: "taxEvidence",
  FINANCE: "financeEvidence",
};

/** The names of the branches: they may be given as `LentText`. */
export const LENT_BRANCHES: ReadonlySet<string> = new Set(Object.values(BRANCHES));

/** What each department lent, or why it is not known. Facts are in the order of their ids, whatever order they came in. */
export function parseEvidence(lent: LentBranches): Evidence {
  const evidence = {} as Record<FactDepartment, DepartmentEvidence>;
  for (const department of FACT_DEPARTMENTS)
    evidence[department] = parseBranch(department, lent[BRANCHES[department]], lent);
  return evidence;
}

function unknown(why: string): DepartmentEvidence {
  return { status: "UNKNOWN", why };
}

const isBag = (value: unknown): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseBranch(department: FactDepartment, given: unknown, lent: LentBranches): DepartmentEvidence {
  if (!isLentText(given)) return parseOpened(department, given, lent);
  // Most departments know nothing of most enterprises: that is seen without opening the text.
  if (given.bytes === nothingOnRecord(lent.creditCode)) return NOTHING;
  return parseOpened(department, openLentText(given), lent);
}

function parseOpened(department: FactDepartment, branch: unknown, lent: LentBranches): DepartmentEvidence {
  if (branch === undefined || branch === null) return unknown("the department gave no answer");
  if (!isBag(branch)) return unknown("the answer is malformed");
  const { status, creditCode, facts } = branch;
  if (creditCode !== lent.creditCode) return unknown("the answer is about another enterprise");
  if (!Array.isArray(facts)) return unknown("the answer holds no list of facts");
  if (facts.length > FACTS_MAX) return unknown(`the answer holds more than ${FACTS_MAX} facts`);
  if (status === "NONE_ON_RECORD")
    return facts.length === 0 ? NOTHING : unknown("the answer says nothing is on record and yet lends facts");
  if (status !== "ON_RECORD") return unknown("the answer's status is not one of the contract");
  if (facts.length === 0) return unknown("the answer says there is something on record and lends no fact");
  return parseFacts(department, facts, lent.asOf);
}

const NOTHING: DepartmentEvidence = { status: "KNOWN", facts: [] };

function parseFacts(department: FactDepartment, lent: readonly unknown[], asOf: string): DepartmentEvidence {
  const facts: EvidenceFact[] = [];
  for (const item of lent) {
    const fact = parseFact(department, item, asOf);
    if (typeof fact === "string") return unknown(fact);
    facts.push(fact);
  }
  facts.sort((one, other) => (one.id < other.id ? -1 : 1));
  for (let index = 1; index < facts.length; index++)
    if (facts[index]!.id === facts[index - 1]!.id) return unknown("the same fact was lent twice");
  return { status: "KNOWN", facts };
}

const isText = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= ID_CHARACTERS_MAX;
const isDateOrNull = (value: unknown): value is string | null => value === null || isLocalDate(value);

function parseFact(department: FactDepartment, item: unknown, asOf: string): EvidenceFact | string {
  if (!isBag(item) || !isText(item["id"])) return "a lent fact is malformed";
  const { id, type, status } = item;
  const shape = typeof type === "string" ? findFactShape(type) : undefined;
  if (!shape) return "a lent fact is of a type that the catalogue does not hold";
  if (!shape.type.departments.includes(department))
    return `${shape.type.name} is not this department's to lend`;
  if (!STATUSES.has(status)) return `the status of a lent ${shape.type.name} is not one of the contract`;
  const envelope = parseEnvelope(item, shape.type.documentNumberRequired);
  if (!envelope) return `a lent ${shape.type.name} has a malformed document number or date`;
  if (!isBag(item["values"])) return `a lent ${shape.type.name} has no values`;
  const checked = checkValues(shape, item["values"]);
  if ("badField" in checked) return `a lent ${shape.type.name} breaks the catalogue in a field`;
  const happenedOn =
    envelope.occurredOn ?? (shape.type.happenedOn && checked.values[shape.type.happenedOn]) ?? null;
  if (typeof happenedOn === "string" && happenedOn > asOf)
    return `a lent ${shape.type.name} happened after the day asked about`;
  return {
    id,
    department,
    type: shape.type.name,
    ...envelope,
    status: status as EvidenceFactStatus,
    values: checked.values,
  };
}

type Envelope = Pick<EvidenceFact, "documentNumber" | "occurredOn" | "validFrom" | "validUntil">;

function parseEnvelope(item: Bag, documentNumberRequired: boolean): Envelope | undefined {
  const { documentNumber = null, occurredOn = null, validFrom = null, validUntil = null } = item;
  if (documentNumber === null ? documentNumberRequired : !isText(documentNumber)) return undefined;
  if (!isDateOrNull(occurredOn) || !isDateOrNull(validFrom) || !isDateOrNull(validUntil)) return undefined;
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) return undefined;
  return { documentNumber: documentNumber as string | null, occurredOn, validFrom, validUntil };
}
