/** Grades of the credit schemes that several departments keep. */
import { addYears, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type GeneratedFact } from "./fact";

interface Grader {
  readonly department: "SAFETY" | "TRANSPORT" | "CONSTRUCTION";
  readonly authority: string;
  readonly mark: string;
}

const GRADES = [
  ["A", 25],
  ["B", 60],
  ["C", 12],
  ["D", 3],
] as const;
const LOWEST_SCORE = { A: 90, B: 75, C: 60, D: 30 } as const;

/** The grade in force and, for an enterprise that was graded again, the one before it. */
export function gradeHistory(
  enterprise: Enterprise,
  { department, authority, mark }: Grader,
): GeneratedFact[] {
  const { creditCode, isRegraded, chance } = enterprise;
  const current = recentDay(chance, 1);
  const days = isRegraded ? [addYears(current, -1), current] : [current];
  return days.map((validFrom, nth) => {
    const grade = chance.weigh(GRADES);
    return {
      type: "GradeDetermination",
      department,
      creditCode,
      documentNumber: documentNumber(mark, validFrom, enterprise),
      authority,
      validFrom,
      ...(nth < days.length - 1 && { validUntil: days[nth + 1] }),
      scheme: "nb-smart-safety",
      grade,
      score: LOWEST_SCORE[grade] + chance.between(0, 9),
      year: Number(validFrom.slice(0, 4)),
      ...(grade === "D" && { cause: chance.pick(["ACCIDENT", "VIOLATION", "COMMITMENT", "OTHER"]) }),
    };
  });
}
