/**
 * What a receipt says, and its one canonical text. The text is RFC 8785: every object below is built with its keys in
 * order, so that `JSON.stringify` writes what `canonicalize` would, at a fifth of the cost (a test compares the two).
 */
import { hash } from "node:crypto";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import type {
  Decision,
  FactReference,
  Measure,
  MissingSource,
  NotCounted,
  Outcome,
  Purpose,
  RuleReference,
  SchemeVersion,
  Text,
} from "../assessment/assessment";
import type { Evidence } from "../evidence/evidence";

/** A reason as the receipt keeps it: the measure by its code, the facts and the rule in full. */
export interface ReceiptReason {
  readonly counted: boolean;
  readonly fact: FactReference | null;
  readonly measure: string | null;
  readonly rule: RuleReference;
  readonly whyNot: NotCounted | null;
}

/** What was known when the decision was made: who answered, which facts, and the digest of the evidence as kept. */
export interface ReceiptEvidence {
  readonly departments: Readonly<Record<FactDepartment, "KNOWN" | "UNKNOWN">>;
  readonly facts: readonly string[];
  readonly sha256: string;
}

/** A decision as it is signed and kept. `knownAt` null means as recorded by `decidedAt`. */
export interface ReceiptContent {
  readonly asOf: string;
  readonly creditCode: string;
  readonly decidedAt: string;
  readonly evidence: ReceiptEvidence;
  readonly id: string;
  readonly knownAt: string | null;
  readonly measures: readonly Measure[];
  readonly missing: readonly MissingSource[];
  readonly outcome: Outcome;
  readonly purpose: Purpose;
  readonly reasons: readonly ReceiptReason[];
  readonly reviewOn: string | null;
  readonly scheme: SchemeVersion;
  readonly sentence: Text;
  readonly warnings: readonly string[];
}

/** Evidence as it is kept beside the receipts that rest on it: its text, and what the receipts say of it. */
export interface KeptEvidence {
  readonly creditCode: string;
  readonly text: string;
  readonly summary: ReceiptEvidence;
}

/** A decision about an enterprise on a day, with what it rests on, before it has an id and a time. */
export interface Judgement {
  readonly creditCode: string;
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly decision: Decision;
  readonly evidence: KeptEvidence;
}

/** The id of a receipt (uuid v7) and the instant of its decision (RFC 3339, UTC). */
export interface ReceiptStamp {
  readonly id: string;
  readonly decidedAt: string;
}

/** The text that is kept of the evidence about one enterprise, with its SHA-256 and the ids of its facts. */
export function keepEvidence(creditCode: string, evidence: Evidence): KeptEvidence {
  const text = JSON.stringify(evidence);
  const facts: string[] = [];
  for (const department of FACT_DEPARTMENTS) {
    const lent = evidence[department];
    if (lent.status === "KNOWN") for (const fact of lent.facts) facts.push(fact.id);
  }
  const departments = {
    CONSTRUCTION: evidence.CONSTRUCTION.status,
    FINANCE: evidence.FINANCE.status,
    SAFETY: evidence.SAFETY.status,
    TAX: evidence.TAX.status,
    TRANSPORT: evidence.TRANSPORT.status,
  };
  return { creditCode, text, summary: { departments, facts, sha256: hash("sha256", text) } };
}

/** The content of the receipt of a judgement, keys in the order of RFC 8785. */
export function contentOf(judgement: Judgement, stamp: ReceiptStamp): ReceiptContent {
  const { creditCode, asOf, knownAt, decision, evidence } = judgement;
  return {
    asOf,
    creditCode,
    decidedAt: stamp.decidedAt,
    evidence: evidence.summary,
    id: stamp.id,
    knownAt,
    measures: decision.measures.map(orderMeasure),
    missing: decision.missing.map(({ couldChange, department }) => ({ couldChange, department })),
    outcome: decision.outcome,
    purpose: decision.purpose,
    reasons: decision.reasons.map(({ counted, fact, measure, rule, whyNot }) => ({
      counted,
      fact: fact && orderFact(fact),
      measure: measure && measure.code,
      rule: orderRule(rule),
      whyNot,
    })),
    reviewOn: decision.reviewOn,
    scheme: orderScheme(decision.scheme),
    sentence: orderText(decision.sentence),
    warnings: decision.warnings,
  };
}

/** The text that is signed: the content as RFC 8785 writes it. The content must come from `contentOf`. */
export function canonicalText(content: ReceiptContent): string {
  return JSON.stringify(content);
}

function orderText({ en, zh }: Text): Text {
  return { en, zh };
}

function orderMeasure(measure: Measure): Measure {
  const { body, code, department, direction, legalBasis, purpose, quantity, since, unit, until } = measure;
  return { body, code, department, direction, legalBasis, purpose, quantity, since, unit, until };
}

function orderFact({ department, documentNumber, id, occurredOn, type }: FactReference): FactReference {
  return { department, documentNumber, id, occurredOn, type };
}

function orderRule({ legalBasis, row, table, text }: RuleReference): RuleReference {
  return { legalBasis, row, table, text: orderText(text) };
}

function orderScheme(scheme: SchemeVersion): SchemeVersion {
  const { effectiveFrom, effectiveUntil, historical, id, sha256, version } = scheme;
  return { effectiveFrom, effectiveUntil, historical, id, sha256, version };
}
