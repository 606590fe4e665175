/** One decision and its evidence, for tests of what is done with decisions. */
import type { Decision, Measure } from "../../../subgraphs/joint/assessment/assessment";
import type { Evidence } from "../../../subgraphs/joint/evidence/evidence";
import { type Judgement, keepEvidence } from "../../../subgraphs/joint/ledger/receipt-content";

export const creditCode = "91330206144239418F";

export const evidence: Evidence = {
  SAFETY: {
    status: "KNOWN",
    facts: [
      {
        id: "0190a000-0000-7000-8000-000000000002",
        department: "SAFETY",
        type: "Accident",
        documentNumber: "北安监〔2013〕11号",
        occurredOn: "2013-04-11",
        validFrom: null,
        validUntil: null,
        status: "ACTIVE",
        values: { class: "LARGER", deaths: 3, liability: true },
      },
    ],
  },
  TRANSPORT: { status: "KNOWN", facts: [] },
  CONSTRUCTION: { status: "KNOWN", facts: [] },
  TAX: { status: "UNKNOWN", why: "the department gave no answer" },
  FINANCE: { status: "KNOWN", facts: [] },
};

const measure: Measure = {
  code: "TAX_REBATE_CANCEL",
  department: "TAX",
  body: null,
  direction: "PUNISHMENT",
  purpose: "REBATE",
  quantity: null,
  unit: null,
  since: "2013-05-02",
  until: null,
  legalBasis: "甬政办发〔2013〕99号",
};

export const decision: Decision = {
  purpose: "REBATE",
  outcome: "BARRED",
  sentence: {
    zh: "因事故被评为D级，取消税收返还。",
    en: "Graded D because of an accident: the tax rebate is cancelled.",
  },
  measures: [measure],
  reasons: [
    {
      fact: {
        department: "SAFETY",
        type: "Accident",
        id: "0190a000-0000-7000-8000-000000000002",
        documentNumber: "北安监〔2013〕11号",
        occurredOn: "2013-04-11",
      },
      rule: {
        table: "consequences",
        row: "NB-D-1",
        text: { zh: "因事故评为D级的", en: "Graded D because of an accident" },
        legalBasis: "甬政办发〔2013〕99号",
      },
      measure,
      counted: true,
      whyNot: null,
    },
  ],
  missing: [{ department: "TAX", couldChange: [] }],
  reviewOn: "2014-05-02",
  scheme: {
    id: "nb-smart-safety",
    version: "2013.1",
    effectiveFrom: "2013-01-01",
    effectiveUntil: null,
    sha256: "ab".repeat(32),
    historical: false,
  },
  warnings: [],
};

export const judgement: Judgement = {
  creditCode,
  asOf: "2013-09-01",
  knownAt: null,
  decision,
  evidence: keepEvidence(creditCode, evidence),
};
