/** Seeds a department with its facts about the demo cast. */
import type { Pool } from "pg";
import type { DepartmentDefinition } from "./department";
import { recordFacts } from "./record-facts";

/**
 * Records a department's demo facts; doing it again changes nothing. Throws when one is rejected, which would be a
 * fault of the demo.
 */
export async function recordDemo(pool: Pool, department: DepartmentDefinition): Promise<void> {
  const outcomes = await recordFacts(
    pool,
    { keeper: department, rows: department.demo },
    { mayMigrateHistory: true, isReplay: true },
  );
  const faults = outcomes.filter((outcome) => outcome.outcome === "rejected");
  if (faults.length > 0)
    throw new Error(
      `the ${department.name} demo is wrong: ${faults.map((fault) => "reason" in fault && fault.reason).join(" ")}`,
    );
}
