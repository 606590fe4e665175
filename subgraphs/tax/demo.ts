/** What the tax bureau knows about the demo cast. */
import { cast } from "../shared/demo-cast";
import type { FactInput } from "../shared/validate-fact";

const bureau = "国家税务总局宁波市税务局（示例）";

const gradeOf2025 = (creditCode: string, grade: string, number: string): FactInput => ({
  type: "TaxpayerCreditGrade",
  creditCode,
  documentNumber: `甬税信〔2026〕${number}`,
  authority: bureau,
  year: 2025,
  grade,
  validFrom: "2026-04-30",
});

export const demo: readonly FactInput[] = [
  {
    type: "TaxRebate",
    creditCode: cast.beilunChemical,
    documentNumber: "NB-01/4",
    period: "2013",
    amount: "4000000.00",
  },
  gradeOf2025(cast.modelMachinery, "A", "0001"),
  gradeOf2025(cast.modelBuilder, "A", "0002"),
  gradeOf2025(cast.cleanStationer, "M", "0103"),
  gradeOf2025(cast.overdueTrader, "D", "0877"),
  {
    type: "TaxRebate",
    creditCode: cast.modelMachinery,
    documentNumber: "甬税退〔2026〕0042",
    authority: bureau,
    period: "2026-Q2",
    amount: "318000.00",
    paidOn: "2026-08-20",
  },
  {
    type: "TaxArrears",
    creditCode: cast.overdueTrader,
    documentNumber: "甬税欠〔2026〕0015",
    authority: bureau,
    amount: "1250000.00",
    since: "2026-05-16",
    disclosure: "PUBLIC",
  },
  {
    type: "MajorTaxViolation",
    creditCode: cast.overdueTrader,
    documentNumber: "甬税稽〔2026〕0003",
    authority: bureau,
    kind: "虚开增值税专用发票",
    amount: "640000.00",
    occurredOn: "2026-09-09",
    disclosure: "PUBLIC",
  },
];
