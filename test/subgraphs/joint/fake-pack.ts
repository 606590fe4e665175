/** A pack that finds nothing, for tests of what surrounds the judgement. */
import type { Assessment, Decision, Purpose } from "../../../subgraphs/joint/assessment/assessment";
import type { Evidence } from "../../../subgraphs/joint/evidence/evidence";
import type { Pack, PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";

const fake = {
  scheme: {
    id: "fake",
    version: "1",
    effectiveFrom: "2000-01-01",
    effectiveUntil: null,
    sha256: "0".repeat(64),
    historical: false,
  },
  title: { zh: "试", en: "Trial" },
  jurisdiction: "nowhere",
  parameters: [{ name: "bands", value: { A: 90 }, open: true, note: "set for tests" }],
  folder: "/nowhere",
} as unknown as Pack;

export const fakeRegistry: PackRegistry = {
  packs: [fake],
  find: (id) => (id === "fake" ? fake : undefined),
  choose: () => fake,
};

export function assess(pack: Pack, evidence: Evidence): Assessment {
  const missing = FACT_DEPARTMENTS.filter((department) => evidence[department].status === "UNKNOWN");
  return {
    scheme: pack.scheme,
    missing: missing.map((department) => ({ department, couldChange: ["LOAN"] })),
    undetermined: missing.length > 0,
    grade: "A",
  } as unknown as Assessment;
}

export function decide(pack: Pack, { missing }: Assessment, purpose: Purpose): Decision {
  const rule = {
    table: "t",
    row: "1",
    text: {
      zh: "因事故被评为D级的企业，取消当年税收返还。",
      en: "An enterprise graded D because of an accident",
    },
    legalBasis: "甬政办发〔2013〕99号",
  };
  return {
    purpose,
    outcome: missing.length > 0 ? "UNDETERMINED" : "NORMAL",
    sentence: { zh: "没有措施。", en: "No measure." },
    measures: [],
    reasons: [1, 2, 3].map((n) => ({
      fact: null,
      rule: { ...rule, row: String(n) },
      measure: null,
      counted: true,
      whyNot: null,
    })),
    missing,
    reviewOn: null,
    scheme: pack.scheme,
    warnings: [],
  };
}
