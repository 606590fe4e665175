/** What departments tell of those over whom something may be due, checked before it is believed. */
import { z } from "zod";
import { HubError } from "../../../schema/errors";
import type { DutiesKey } from "../../shared/duty-question";
import { EVIDENCE_BRANCHES } from "../requires-evidence";
import type { LentBranches } from "../evidence/parse-evidence";

/** The departments that keep lists, and are asked. */
export const DUTY_DEPARTMENTS = ["SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX"] as const;
/** A department that is asked over whom something may be due. */
export type DutyDepartment = (typeof DUTY_DEPARTMENTS)[number];

const cases = `{ question isWhole missingReports enterprises { creditCode asOf knownAt ${EVIDENCE_BRANCHES} } }`;

/** The directive of what is made of the departments' answers: their cases, each with what all departments lend about it. */
export const REQUIRES_CASES: string = `@requires(fields: "${DUTY_DEPARTMENTS.map(
  (department) => `${department.toLowerCase()}Cases ${cases}`,
).join(" ")}")`;

const sheet = z.object({
  question: z.string(),
  isWhole: z.boolean(),
  missingReports: z.array(z.object({ key: z.string(), creditCodes: z.array(z.string()) })),
  enterprises: z.array(
    z.looseObject({ creditCode: z.string(), asOf: z.string(), knownAt: z.string().nullable() }),
  ),
});

/** The cases of all departments that answered, each enterprise once, and who did not answer. */
export interface ToldCases {
  readonly enterprises: readonly LentBranches[];
  readonly missingReports: ReadonlyMap<string, readonly string[]>;
  readonly silent: readonly DutyDepartment[];
}

/**
 * Reads what was lent. An answer that is malformed or about another question is none. HubError LIMIT_EXCEEDED when a department
 * has more cases than can be judged at once: a list that is cut short would be read as whole.
 */
export function readCases(
  lent: Readonly<Record<DutyDepartment, unknown>>,
  { question, asOf }: DutiesKey,
): ToldCases {
  const enterprises = new Map<string, LentBranches>();
  const missingReports = new Map<string, readonly string[]>();
  const silent: DutyDepartment[] = [];
  for (const department of DUTY_DEPARTMENTS) {
    const { data } = sheet.safeParse(lent[department]);
    const isAnswer = data?.question === question && data.enterprises.every((one) => one.asOf === asOf);
    if (!isAnswer) {
      silent.push(department);
      continue;
    }
    if (!data.isWhole)
      throw new HubError(
        "LIMIT_EXCEEDED",
        `${department} has more procedures and entries under way than can be judged at once; ask for one scheme at a time.`,
      );
    for (const one of data.enterprises) enterprises.set(one.creditCode, one);
    for (const { key, creditCodes } of data.missingReports) missingReports.set(key, creditCodes);
  }
  return { enterprises: [...enterprises.values()], missingReports, silent };
}
