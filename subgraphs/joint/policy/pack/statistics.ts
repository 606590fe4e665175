/** Whether what a scheme says about its figures fits its own indicators and what departments can count. */
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { SchemeFile } from "./scheme-file";

// Safety has the register and knows whose sector is which; the others count whom they graded, without telling them apart.
const REGISTER: FactDepartment = "SAFETY";
const GRADERS: readonly FactDepartment[] = ["TRANSPORT", "CONSTRUCTION", "TAX"];

type Scheme = Pick<SchemeFile, "statistics" | "indicators">;

/** Faults of the key `statistics`, in words. */
export function statisticsFaults(scheme: Scheme): readonly string[] {
  const { grading, maintenance } = scheme.statistics;
  return [
    ...sectorFaults(Object.entries(grading?.sectors ?? {})),
    ...gradeFaults("grading", grading?.downgraded, gradesOf("GradeDetermination", scheme)),
    ...gradeFaults("maintenance", maintenance?.downgraded, gradesOf("MaintenanceAssessment", scheme)),
  ];
}

function sectorFaults(sectors: readonly (readonly [string, FactDepartment])[]): readonly string[] {
  return sectors.flatMap(([sector, department], at) => {
    const place = `statistics.grading.sectors.${sector}`;
    if (department === REGISTER) return [`${place}: ${REGISTER} grades whatever no other department grades`];
    if (!GRADERS.includes(department)) return [`${place}: ${department} determines no grades`];
    const first = sectors.findIndex(([, other]) => other === department);
    if (first === at) return [];
    return [`${place}: ${department} grades ${sectors[first]![0]} already, and cannot tell the two apart`];
  });
}

function gradesOf(factType: string, { indicators }: Scheme): ReadonlySet<string> {
  const grades = Object.values(indicators).filter(
    ({ facts, field }) => facts === factType && field === "grade",
  );
  return new Set(grades.flatMap(({ among }) => among ?? []));
}

function gradeFaults(
  part: string,
  downgraded: readonly string[] | undefined,
  known: ReadonlySet<string>,
): readonly string[] {
  return (downgraded ?? [])
    .filter((grade) => !known.has(grade))
    .map((grade) => `statistics.${part}.downgraded: no indicator knows a grade '${grade}'`);
}
