/** A receipt in words, for whoever holds one: on a terminal, or printed beside it. */
import type { ReceiptContent, ReceiptReason } from "./receipt-content";

/** The decision of a receipt in sentences, one fact a line, in Chinese and English where the receipt has both. */
export function describeReceipt(content: ReceiptContent): string {
  const { id, creditCode, purpose, outcome, sentence, scheme, asOf, knownAt, decidedAt, evidence } = content;
  const known = knownAt === null ? "as recorded when it was made" : `as recorded by ${knownAt}`;
  return [
    `Decision ${id}`,
    `${creditCode} · ${purpose} · ${outcome}`,
    sentence.zh,
    sentence.en,
    `As of ${asOf}, ${known}; made at ${decidedAt}.`,
    `Under ${scheme.id} ${scheme.version} (sha256 ${scheme.sha256}).`,
    ...content.measures.map(
      ({ code, department, body, legalBasis }) => `Measure ${code} by ${body ?? department}: ${legalBasis}`,
    ),
    ...content.reasons.map(describeReason),
    ...content.missing.map(({ department, couldChange }) =>
      couldChange.length === 0
        ? `${department} did not answer; its answer could not have changed this.`
        : `${department} did not answer; its answer could have changed ${couldChange.join(", ")}.`,
    ),
    ...(content.reviewOn ? [`The verdict can change by itself from ${content.reviewOn} on.`] : []),
    ...content.warnings.map((warning) => `Note: ${warning}`),
    `Evidence: ${evidence.facts.length} facts, sha256 ${evidence.sha256}.`,
  ].join("\n");
}

function describeReason({ counted, fact, rule, whyNot }: ReceiptReason): string {
  const about = fact ? ` (${fact.department} ${fact.type} ${fact.documentNumber ?? fact.id})` : "";
  const state = counted ? "counted" : `not counted: ${whyNot ?? "no"}`;
  return `- ${rule.table} ${rule.row}, ${state}${about}: ${rule.text.zh} · ${rule.text.en} [${rule.legalBasis}]`;
}
