/** What tests of duties share: packs that ask for reports, and the question. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policiesFolder } from "../../../subgraphs/joint";
import { loadPacks } from "../../../subgraphs/joint/policy/pack/load-packs";
import type { PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import type { Fact, TestGraph } from "../graph";

const REPORTS: Readonly<Record<string, string>> = {
  "my-integrity-punish": `
reports:
  - name: HONESTY_REPORT
    label: { zh: 诚信报告, en: Honesty report }
    legalBasis: 绵阳式区级方案（s4.2）
    facts: HonestyReport
    year: year
    periods: [{ ends: "12-31" }]
    from: REGISTERED
    by: [SUBJECT]
`,
  "fp-factory": `
reports:
  - name: SELF_ASSESSMENT
    label: { zh: 自评, en: Self-assessment }
    legalBasis: 半年自评（s4.4）
    facts: ScoreAssessment
    where: { scheme: fp-factory }
    year: year
    periods: [{ ends: "06-30", where: { half: 1 } }, { ends: "12-31", where: { half: 2 } }]
    from: ENROLLED
    by: [SUBJECT]
`,
};

/** The shipped packs, and of two of them a version that asks for reports. */
export async function packsWithReports(): Promise<PackRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "hub-policies-"));
  try {
    for (const [scheme, reports] of Object.entries(REPORTS)) {
      const shipped = await loadPacks(policiesFolder);
      const { folder: from, scheme: latest } = shipped.find(scheme, "2030-01-01")!;
      const to = join(folder, scheme, `${latest.version}9`);
      cpSync(from, to, { recursive: true });
      const file = join(to, "scheme.yaml");
      const text = readFileSync(file, "utf8").replace(/^version: .*/m, `version: "${latest.version}9"`);
      writeFileSync(file, text + reports);
    }
    for (const scheme of ["my-integrity-incentive"])
      cpSync(join(policiesFolder, scheme), join(folder, scheme), { recursive: true });
    return await loadPacks(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A page of duties. */
export interface ToldDuties {
  readonly edges: readonly { readonly cursor: string; readonly node: Fact }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly missing: readonly Fact[];
}

/** Asks for a page; throws the errors when there is none. */
export async function askDuties(graph: TestGraph, asked: Fact): Promise<ToldDuties> {
  const { data, errors } = await graph.ask(
    `query ($department: Department, $on: LocalDate, $knownAt: DateTime, $scheme: ID, $first: Int! = 50, $after: String) {
      duties(department: $department, on: $on, knownAt: $knownAt, scheme: $scheme, first: $first, after: $after) {
        edges { cursor node { kind department scheme { id } enterprise { creditCode } list state step form by route
          opensOn dueOn expiresOn isOverdue isProvisional carries { creditCode on } } }
        pageInfo { hasNextPage endCursor } missing { department hasUntoldCases procedures } } }`,
    asked,
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data["duties"] as ToldDuties;
}
