/** Every subject of the repository's cases with the pack it is judged by: what the laws of the judgement are tried on. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCases } from "../../../../gateway/cli/cases/case";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { repositoryRoot } from "../../../../schema/root";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Assessment } from "../../../../subgraphs/joint/assessment/assessment";
import type { Evidence } from "../../../../subgraphs/joint/evidence/evidence";
import { loadPacks } from "../../../../subgraphs/joint/policy/pack/load-packs";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import { withParameters } from "../../../../subgraphs/joint/policy/pack/read-pack";

export interface JudgedCase {
  readonly id: string;
  readonly pack: Pack;
  readonly asOf: string;
  /** What all departments say. */
  readonly evidence: Evidence;
}

/** The packs that ship. */
export const shippedPacks = loadPacks(join(repositoryRoot, "subgraphs/joint/policies"));

/** All subjects, each on the day it is asked about, with every department answering. */
export async function judgedCases(): Promise<readonly JudgedCase[]> {
  const folder = join(__dirname, "cases");
  const registry = await shippedPacks;
  const cases = readdirSync(folder).flatMap((file) =>
    readCases(readFileSync(join(folder, file), "utf8"), file),
  );
  const tried = new Map<string, Pack>();
  return cases.flatMap((one) =>
    one.expect.flatMap((expected): JudgedCase[] => {
      const asOf = expected.asOf ?? one.asOf;
      const pack = registry.find(expected.scheme ?? one.scheme, asOf);
      if (!pack) return [];
      const own = Object.entries(one.parameters).filter(([name]) =>
        pack.parameters.some((p) => p.name === name),
      );
      const { creditCode, knownAt } = expected;
      const evidence = evidenceFor(one.facts, { creditCode, asOf, knownAt, silent: [] });
      // Compiled once for all subjects that set the same parameters.
      const key = JSON.stringify([pack.scheme.id, pack.scheme.version, own]);
      const withOwn = tried.get(key) ?? withParameters(pack, Object.fromEntries(own));
      tried.set(key, withOwn);
      return [{ id: one.id, pack: withOwn, asOf, evidence }];
    }),
  );
}

/** The assessment of a case when these departments do not answer. */
export function assessSilenced(
  { pack, evidence, asOf }: JudgedCase,
  silent: readonly FactDepartment[],
): Assessment {
  const answered = FACT_DEPARTMENTS.map((department) => [
    department,
    silent.includes(department) ? { status: "UNKNOWN", why: "silent" } : evidence[department],
  ]);
  return assess(pack, Object.fromEntries(answered) as Evidence, { asOf, knownAt: null });
}
