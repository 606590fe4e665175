/** What the safety authority knows about the demo cast. */
import { cast } from "../shared/demo-cast";
import type { FactInput } from "../shared/validate-fact";

const scheme = "nb-smart-safety";
const bureau = "宁波市应急管理局（示例）";

const registration = (creditCode: string, name: string, rest: FactInput): FactInput => ({
  type: "EnterpriseRegistration",
  creditCode,
  name,
  disclosure: "PUBLIC",
  ...rest,
});

const registrations: readonly FactInput[] = [
  registration(cast.beilunChemical, "宁波市北仑示例化工有限公司", {
    sector: "INDUSTRY",
    industry: "CHEMICAL",
    district: "北仑区",
    establishedOn: "2001-06-18",
    registeredCapital: "50000000.00",
  }),
  registration(cast.modelMachinery, "宁波示范机械制造有限公司", {
    sector: "INDUSTRY",
    industry: "MACHINERY",
    district: "鄞州区",
    keyRegulated: true,
    aboveDesignatedSize: true,
  }),
  registration(cast.modelBuilder, "宁波示例建设集团有限公司", { sector: "CONSTRUCTION", district: "海曙区" }),
  registration(cast.indebtedBuilder, "宁波单氏示例建筑工程有限公司", {
    sector: "CONSTRUCTION",
    district: "镇海区",
  }),
  registration(cast.liftKeeper, "宁波示例电梯维保有限公司", {
    sector: "LIFT_MAINTENANCE",
    district: "江北区",
  }),
  registration(cast.hazardousHaulier, "宁波示例危险品运输有限公司", {
    sector: "ROAD_TRANSPORT",
    industry: "TRANSPORT",
    district: "北仑区",
  }),
  registration(cast.cleanStationer, "宁海县示例文具有限公司", { sector: "INDUSTRY", district: "宁海县" }),
  registration(cast.disputedMetalworks, "余姚市重源示例金属制品有限公司", {
    sector: "INDUSTRY",
    industry: "INDUSTRY_AND_TRADE",
    district: "余姚市",
  }),
  registration(cast.labourAgency, "慈溪市示例劳务服务有限公司", { sector: "INDUSTRY", district: "慈溪市" }),
  registration(cast.correctedMoulder, "宁波示例注塑有限公司", {
    sector: "INDUSTRY",
    industry: "MACHINERY",
    district: "奉化区",
  }),
  registration(cast.overdueTrader, "宁波示例国际贸易有限公司", { sector: "INDUSTRY", district: "鄞州区" }),
  registration(cast.reformedFireworks, "象山县示例烟花爆竹经营有限公司", {
    sector: "INDUSTRY",
    industry: "HAZARDOUS_CHEMICALS",
    district: "象山县",
  }),
];

const precedentOf2013: readonly FactInput[] = [
  {
    type: "Accident",
    creditCode: cast.beilunChemical,
    documentNumber: "NB-01/2",
    class: "ORDINARY",
    deaths: 1,
    liability: true,
    occurredOn: "2013-05-20",
  },
  {
    type: "GradeDetermination",
    creditCode: cast.beilunChemical,
    documentNumber: "NB-01/3",
    scheme,
    grade: "D",
    validFrom: "2013-06-01",
    cause: "ACCIDENT",
  },
];

const merits: readonly FactInput[] = [
  {
    type: "StandardizationCertificate",
    creditCode: cast.modelMachinery,
    documentNumber: "甬安标〔2024〕001",
    authority: bureau,
    level: 1,
    industry: "MACHINERY",
    validFrom: "2024-03-01",
    validUntil: "2027-03-01",
    disclosure: "PUBLIC",
  },
  {
    type: "GradeDetermination",
    creditCode: cast.modelMachinery,
    documentNumber: "甬安评〔2026〕001",
    authority: bureau,
    scheme,
    grade: "A",
    score: 96.5,
    year: 2025,
    validFrom: "2026-01-01",
    disclosure: "PUBLIC",
  },
  {
    type: "SafetyCommitment",
    creditCode: cast.modelMachinery,
    documentNumber: "甬安诺〔2026〕001",
    signedOn: "2026-01-08",
    publishedOn: "2026-01-15",
    disclosure: "PUBLIC",
  },
  {
    type: "StandardizationCertificate",
    creditCode: cast.correctedMoulder,
    documentNumber: "甬安标〔2025〕017",
    authority: bureau,
    level: 2,
    validFrom: "2025-06-01",
    validUntil: "2028-06-01",
    recordedAt: "2025-06-02T09:00:00+08:00",
  },
];

const points = {
  type: "DynamicPoints",
  creditCode: cast.correctedMoulder,
  documentNumber: "甬安扣〔2026〕009",
  authority: bureau,
  kind: "ACCIDENT",
  validFrom: "2026-01-05",
  validUntil: "2027-01-05",
};

const corrected: readonly FactInput[] = [
  { ...points, points: -20, recordedAt: "2026-01-06T09:00:00+08:00" },
  { ...points, points: -5, recordedAt: "2026-04-10T09:00:00+08:00", correction: true },
];

const disputed: readonly FactInput[] = [
  {
    type: "Accident",
    creditCode: cast.disputedMetalworks,
    documentNumber: "甬安事〔2026〕021",
    authority: bureau,
    class: "LARGER",
    deaths: 3,
    seriousInjuries: 2,
    liability: true,
    occurredOn: "2026-03-14",
    status: "DISPUTED",
  },
  {
    type: "DynamicPoints",
    creditCode: cast.disputedMetalworks,
    documentNumber: "甬安扣〔2026〕031",
    authority: bureau,
    kind: "VIOLATION",
    points: -8,
    validFrom: "2026-04-01",
    validUntil: "2027-04-01",
    status: "DISPUTED",
  },
];

const wayOut = { procedure: "REMOVAL", list: "SAFETY_BLACKLIST" };

const reformed: readonly FactInput[] = [
  {
    type: "SeriousViolation",
    creditCode: cast.reformedFireworks,
    documentNumber: "甬安违〔2024〕003",
    authority: bureau,
    kind: "STOPPAGE_ORDER_IGNORED",
    occurredOn: "2024-08-12",
    disclosure: "PUBLIC",
  },
  {
    type: "AdministrativePenalty",
    creditCode: cast.reformedFireworks,
    documentNumber: "（象）应急罚〔2024〕19号",
    authority: "象山县应急管理局（示例）",
    kind: "罚款",
    cause: "未按停产停业整顿指令停止经营",
    basis: "《中华人民共和国安全生产法》第一百一十三条",
    fine: "120000.00",
    enforcement: "已缴纳",
    occurredOn: "2024-09-03",
    disclosure: "PUBLIC",
  },
  {
    type: "ListEntry",
    creditCode: cast.reformedFireworks,
    documentNumber: "甬安单〔2024〕002",
    authority: bureau,
    list: "SAFETY_BLACKLIST",
    level: "CITY",
    ground: "停产指令后继续经营",
    provider: "象山县应急管理局（示例）",
    publishedOn: "2024-10-08",
    endedOn: "2025-10-20",
    disclosure: "PUBLIC",
  },
  {
    type: "ProcedureStep",
    creditCode: cast.reformedFireworks,
    documentNumber: "甬安单〔2025〕002-1",
    ...wayOut,
    step: "REMOVAL_APPLIED",
    on: "2025-09-15",
  },
  {
    type: "ProcedureStep",
    creditCode: cast.reformedFireworks,
    documentNumber: "甬安单〔2025〕002-2",
    ...wayOut,
    step: "REMOVED",
    on: "2025-10-20",
  },
];

export const demo: readonly FactInput[] = [
  ...registrations,
  ...precedentOf2013,
  ...merits,
  ...corrected,
  ...disputed,
  ...reformed,
];
