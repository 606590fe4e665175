/** What a department lends to the judgement, after strict parsing: known facts, or unknown. Never a default. */
import type { FactDepartment } from "../../../schema/fact-catalogue";

/** Whether a fact may count: a disputed or withdrawn fact is shown but does not. */
export type EvidenceFactStatus = "ACTIVE" | "DISPUTED" | "WITHDRAWN";

/** One lent fact. Dates are `YYYY-MM-DD`; `values` holds the fact's own fields as in the fact catalogue. */
export interface EvidenceFact {
  readonly id: string;
  readonly department: FactDepartment;
  readonly type: string;
  readonly documentNumber: string | null;
  readonly occurredOn: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly status: EvidenceFactStatus;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A department's evidence about one enterprise. UNKNOWN is not the same as no facts. */
export type DepartmentEvidence =
  | { readonly status: "KNOWN"; readonly facts: readonly EvidenceFact[] }
  | { readonly status: "UNKNOWN"; readonly why: string };

/** The evidence of all five departments about one enterprise at one time. */
export type Evidence = Readonly<Record<FactDepartment, DepartmentEvidence>>;
