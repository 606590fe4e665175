/** What the construction authority knows about the demo cast. */
import { cast } from "../shared/demo-cast";
import type { FactInput } from "../shared/validate-fact";

const bureau = "宁波市住房和城乡建设局（示例）";
const scheme = "nb-smart-safety";

const grades: readonly FactInput[] = [
  {
    type: "GradeDetermination",
    creditCode: cast.modelBuilder,
    documentNumber: "甬建评〔2026〕001",
    authority: bureau,
    scheme,
    grade: "A",
    year: 2025,
    validFrom: "2026-01-01",
    disclosure: "PUBLIC",
  },
  {
    type: "GradeDetermination",
    creditCode: cast.indebtedBuilder,
    documentNumber: "甬建评〔2026〕077",
    authority: bureau,
    scheme,
    grade: "D",
    year: 2025,
    cause: "VIOLATION",
    validFrom: "2026-01-01",
    disclosure: "PUBLIC",
  },
  {
    type: "MaintenanceAssessment",
    creditCode: cast.liftKeeper,
    documentNumber: "甬特评〔2026〕106",
    kind: "LIFT",
    grade: "D",
    rectification: "INSUFFICIENT",
    occurredOn: "2026-02-20",
    validFrom: "2026-03-01",
  },
];

const works: readonly FactInput[] = [
  {
    type: "WorksQualification",
    creditCode: cast.modelBuilder,
    documentNumber: "D233000001",
    kind: "建筑工程施工总承包",
    level: "一级",
    validFrom: "2022-05-01",
    validUntil: "2027-05-01",
    disclosure: "PUBLIC",
  },
  {
    type: "Commendation",
    creditCode: cast.modelBuilder,
    documentNumber: "甬建奖〔2025〕012",
    title: "甬江建设杯优质工程奖（示例）",
    level: "市级",
    occurredOn: "2025-11-28",
    disclosure: "PUBLIC",
  },
  {
    type: "Guarantee",
    creditCode: cast.modelBuilder,
    documentNumber: "甬保函〔2026〕031",
    kind: "PERFORMANCE",
    amount: "2000000.00",
    section: "示例标段一",
    validFrom: "2026-02-01",
  },
];

const arrears: readonly FactInput[] = [
  {
    type: "WageArrears",
    creditCode: cast.indebtedBuilder,
    documentNumber: "甬人社欠〔2026〕008",
    amount: "860000.00",
    from: "2026-01-20",
    workers: 37,
  },
  {
    type: "AdministrativePenalty",
    creditCode: cast.indebtedBuilder,
    documentNumber: "甬建罚〔2026〕15号",
    authority: bureau,
    kind: "罚款",
    cause: "未按规定支付农民工工资",
    basis: "《保障农民工工资支付条例》第五十五条",
    fine: "50000.00",
    occurredOn: "2026-04-16",
    disclosure: "PUBLIC",
  },
  {
    type: "WageArrears",
    creditCode: cast.labourAgency,
    documentNumber: "慈人社欠〔2026〕003",
    amount: "128400.50",
    from: "2026-06-01",
    workers: 9,
  },
  {
    type: "SocialInsuranceArrears",
    creditCode: cast.labourAgency,
    documentNumber: "慈社保欠〔2026〕011",
    kind: "工伤保险",
    amount: "15320.00",
    occurredOn: "2026-07-15",
  },
];

export const demo: readonly FactInput[] = [...grades, ...works, ...arrears];
