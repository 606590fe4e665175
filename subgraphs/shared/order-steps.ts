/** Which of the rows to be recorded are steps out of order. Steps that are on record already are not asked about again. */
import type { Pool } from "pg";
import type { FactDepartment } from "../../schema/fact-catalogue";
import type { AdmitSteps } from "./admit-steps";
import { inTransaction, type WriteLimits } from "./database";
import { decideFact } from "./decide-fact";
import { keyOf, readVersions } from "./fact-versions";
import type { ValidFact } from "./validate-fact";

/** How steps are looked at. */
export interface OrderScope {
  readonly department: FactDepartment;
  readonly isReplay: boolean;
  readonly admitSteps?: AdmitSteps;
  readonly limits: WriteLimits;
}

/**
 * The rows that are refused, each with the sentence that says what is due instead. Throws HubError SERVICE_UNAVAILABLE when that
 * cannot be told.
 */
export async function findUnordered(
  pool: Pool,
  facts: readonly ValidFact[],
  { department, isReplay, admitSteps, limits }: OrderScope,
): Promise<ReadonlyMap<ValidFact, string>> {
  const steps = facts.filter(
    ({ type, columns }) => type.name === "ProcedureStep" && columns["status"] !== "WITHDRAWN",
  );
  if (steps.length === 0 || !admitSteps) return new Map();
  const versions = await inTransaction(pool, limits, (client) => readVersions(client, steps, limits));
  const clock = new Date().toISOString();
  // Two rows of the same content are one step.
  const fresh = new Map<string, ValidFact>();
  for (const step of steps) {
    const { kind } = decideFact(step, versions.get(keyOf(step))!, { clock, isReplay });
    if (kind === "recorded" || kind === "corrected") fresh.set(`${keyOf(step)} ${step.digest}`, step);
  }
  const asked = [...fresh.values()];
  const refusals = asked.length > 0 ? await admitSteps(department, asked) : new Map<number, string>();
  const refused = new Map(
    [...refusals].map(([at, sentence]) => [`${keyOf(asked[at]!)} ${asked[at]!.digest}`, sentence]),
  );
  return new Map(
    steps.flatMap((step): [ValidFact, string][] => {
      const sentence = refused.get(`${keyOf(step)} ${step.digest}`);
      return sentence === undefined ? [] : [[step, sentence]];
    }),
  );
}
