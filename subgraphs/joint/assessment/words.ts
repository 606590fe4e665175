/** The words of sentences in both languages: departments, kinds of facts, purposes and verdicts. */
import type { Department, Outcome, Purpose, Text } from "./assessment";

const text = (zh: string, en: string): Text => ({ zh, en });

/** Departments as people call them. */
export const DEPARTMENT_WORDS: Readonly<Record<Department, Text>> = {
  SAFETY: text("应急管理部门", "the emergency management department"),
  TRANSPORT: text("交通运输部门", "the transport department"),
  CONSTRUCTION: text("住房城乡建设部门", "the housing and construction department"),
  TAX: text("财税部门", "the tax department"),
  FINANCE: text("金融部门", "the finance department"),
  JOINT: text("联席会议", "the joint conference"),
  OTHER: text("其他部门", "another body"),
};

/** What is asked about. */
export const PURPOSE_WORDS: Readonly<Record<Purpose, Text>> = {
  LOAN: text("贷款", "Loan"),
  REBATE: text("税收返还", "Tax rebate"),
  BID: text("投标", "Bid"),
  INSURANCE: text("工伤保险费率", "Work-injury insurance rate"),
  PROJECT_APPROVAL: text("项目审批", "Project approval"),
  SUPERVISION: text("日常监管", "Supervision"),
};

/** The verdict. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, Text>> = {
  BARRED: text("不予支持", "barred"),
  RESTRICTED: text("限制", "restricted"),
  FAVOURED: text("优惠", "favoured"),
  NORMAL: text("正常办理", "normal"),
  UNDETERMINED: text("暂不能下结论", "no conclusion yet"),
};

const FACT_WORDS: Readonly<Record<string, Text>> = {
  EnterpriseRegistration: text("企业登记", "registration"),
  StandardizationCertificate: text("安全生产标准化证书", "standardisation certificate"),
  AttainmentReview: text("达标评审", "attainment review"),
  Accident: text("生产安全事故", "accident"),
  SeriousViolation: text("严重失信行为", "serious violation"),
  Hazard: text("事故隐患", "hazard"),
  Inspection: text("监督检查", "inspection"),
  AdministrativePenalty: text("行政处罚", "administrative penalty"),
  SafetyLicence: text("安全生产许可证", "safety licence"),
  SafetyCommitment: text("安全生产承诺", "safety commitment"),
  ProgrammeEnrolment: text("创建活动登记", "programme enrolment"),
  CriteriaReview: text("标准条件评审", "criteria review"),
  ScoreAssessment: text("信用评分", "score assessment"),
  SchemeReport: text("方案报告", "report under a scheme"),
  ProduceViolation: text("农产品质量安全违规", "produce violation"),
  HonestyReport: text("诚信报告", "honesty report"),
  OccupationalDiseaseCase: text("职业病病例", "occupational-disease case"),
  GradeDetermination: text("信用等级评定", "grade determination"),
  ListEntry: text("名单公布", "list entry"),
  ProcedureStep: text("办理步骤", "procedure step"),
  MeasureExecution: text("措施执行反馈", "execution of a measure"),
  DynamicPoints: text("动态扣分", "dynamic points"),
  OperatorLicence: text("道路运输经营许可", "operator licence"),
  FleetProfile: text("车辆情况", "fleet profile"),
  TrafficViolation: text("交通违法", "traffic violation"),
  TrafficCreditEntry: text("交通信用记分", "traffic credit entry"),
  WorksQualification: text("建筑业资质", "works qualification"),
  MaintenanceAssessment: text("维保单位评价", "maintenance assessment"),
  WageArrears: text("拖欠工资", "wage arrears"),
  SocialInsuranceArrears: text("欠缴社会保险费", "social-insurance arrears"),
  Commendation: text("表彰", "commendation"),
  Guarantee: text("保证担保", "guarantee"),
  TaxpayerCreditGrade: text("纳税信用级别", "taxpayer credit grade"),
  TaxArrears: text("欠税", "tax arrears"),
  TaxRebate: text("税收返还", "tax rebate"),
  MajorTaxViolation: text("重大税收违法", "major tax violation"),
  LoanApplication: text("贷款申请", "loan application"),
  CreditLine: text("授信", "credit line"),
  LoanDefault: text("贷款逾期", "loan default"),
  InsurancePolicy: text("保险合同", "insurance policy"),
  SecuritiesReview: text("证券审核", "securities review"),
};

/** A kind of fact; its type name where no word is known. */
export function factWord(type: string): Text {
  return FACT_WORDS[type] ?? text(type, type);
}
