/** What the departments lend of an enterprise, as `@requires` asks for it. */

const EVIDENCE_SELECTION =
  "{ status creditCode facts { id type documentNumber occurredOn validFrom validUntil status values } }";

/** The lent branches of all departments. */
export const EVIDENCE_BRANCHES: string = ["safety", "transport", "construction", "tax", "finance"]
  .map((department) => `${department}Evidence ${EVIDENCE_SELECTION}`)
  .join(" ");

/** The directive of a field that is judged from all departments' evidence. */
export const REQUIRES_EVIDENCE: string = `@requires(fields: "${EVIDENCE_BRANCHES}")`;
