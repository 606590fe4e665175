/** `policy report DIR [CASES.json...]`: a table for those who sign: how large each pack is, how well it is held, how fast it decides. */
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";
import { assess } from "../../../subgraphs/joint/assessment/assess";
import { PURPOSES } from "../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../subgraphs/joint/assessment/decide";
import type { Evidence } from "../../../subgraphs/joint/evidence/evidence";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { evidenceFor } from "../cases/case-evidence";
import { countFates, type TriedPack, tryPacks } from "./mutate";

const MEASURED_MS = 300;

/** Prints a line a pack, as a table in Markdown. Exit status 1 when a cell is not covered. */
export async function runReport([folder, ...files]: readonly string[]): Promise<number> {
  if (folder === undefined)
    throw new Error("policy report takes the folder of a pack, or of all packs, and case files");
  let uncovered = 0;
  console.log(
    "| pack | rows | cases | examples | cells | covered | changes | proven to change nothing | unnoticed | decisions/s |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|---|");
  for await (const tried of tryPacks(folder, files)) {
    uncovered += tried.uncovered.length;
    console.log(describe(tried));
  }
  return uncovered === 0 ? 0 : 1;
}

function describe(tried: TriedPack): string {
  const { pack, rows, cases, examples, cells, uncovered, fates } = tried;
  const cellsOf = [
    `${pack.scheme.id} ${pack.scheme.version}`,
    rows,
    cases.length,
    examples,
    cells,
    cells - uncovered.length,
    fates.size,
    countFates(fates, "WITHOUT_EFFECT"),
    countFates(fates, "UNNOTICED"),
    measureSpeed(pack, subjectsOf(tried)).toLocaleString("en"),
  ];
  return `| ${cellsOf.join(" | ")} |`;
}

interface Subject {
  readonly evidence: Evidence;
  readonly asOf: string;
}

// The subjects of the cases, and somebody with nothing on record.
function subjectsOf({ pack, cases }: TriedPack): readonly Subject[] {
  const nothing = FACT_DEPARTMENTS.map((department) => [department, { status: "KNOWN", facts: [] }]);
  const stranger = { evidence: Object.fromEntries(nothing) as Evidence, asOf: pack.scheme.effectiveFrom };
  const told = cases.flatMap((one) =>
    one.expect.map((expected): Subject => {
      const asOf = expected.asOf ?? one.asOf;
      const knownAt = expected.knownAt ?? one.knownAt;
      const { creditCode } = expected;
      return { asOf, evidence: evidenceFor(one.facts, { creditCode, asOf, knownAt, silent: [] }) };
    }),
  );
  return [stranger, ...told];
}

// In CPU time, since others may use the machine: an assessment with all its reasons, and a decision for each purpose.
function measureSpeed(pack: Pack, subjects: readonly Subject[]): number {
  const startedAt = process.cpuUsage();
  let decisions = 0;
  for (let spent = 0; spent < MEASURED_MS; spent = cpuMs(startedAt)) {
    for (const { evidence, asOf } of subjects) {
      const assessment = assess(pack, evidence, { asOf, knownAt: null });
      for (const purpose of PURPOSES) decide(pack, assessment, purpose);
      decisions += PURPOSES.length;
    }
  }
  return Math.round((decisions * 1_000) / cpuMs(startedAt) / 100) * 100;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}
