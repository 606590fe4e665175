/**
 * Every fact type of the hub with its own fields and their types: what departments store, what imports are checked
 * against, and what the columns of policy packs may name. The common fields (`creditCode`, `documentNumber`,
 * `authority`, `occurredOn`, `validFrom`, `validUntil`, `disclosure`, `status`) belong to every type and are not listed.
 */

/** The departments that record facts. */
export const FACT_DEPARTMENTS = ["SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX", "FINANCE"] as const;
/** A department that records facts. */
export type FactDepartment = (typeof FACT_DEPARTMENTS)[number];

/**
 * How a field is written. MONEY is yuan as a decimal string with two places; TENTHS a number with at most one decimal;
 * RATE a decimal string in per cent with up to four places; DATE is `YYYY-MM-DD`; INTEGERS a list of whole numbers.
 */
export type FieldKind =
  "STRING" | "INTEGER" | "TENTHS" | "RATE" | "MONEY" | "DATE" | "BOOLEAN" | "ENUM" | "INTEGERS";

/** One field of a fact type. */
export interface FactField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** One fact type: who records it, under which name it stands in the department's record, and its own fields. */
export interface FactType {
  readonly name: string;
  readonly recordField: string;
  readonly departments: readonly FactDepartment[];
  readonly documentNumberRequired: boolean;
  /** The record shows one fact of the type, the latest that holds, or null; not a list. */
  readonly singular?: true;
  /** The own date that says when the matter happened, where `occurredOn` is not given. */
  readonly happenedOn?: string;
  readonly fields: readonly FactField[];
}

type FieldOptions = Partial<Pick<FactField, "values" | "min" | "max">>;

// A name that ends in "!" is required, as in GraphQL.
function field(nameAndBang: string, kind: FieldKind = "STRING", options: FieldOptions = {}): FactField {
  const required = nameAndBang.endsWith("!");
  return { name: required ? nameAndBang.slice(0, -1) : nameAndBang, kind, required, ...options };
}

const strings = (...names: readonly string[]): FactField[] => names.map((name) => field(name));
const enumeration = (name: string, ...values: readonly string[]): FactField =>
  field(name, "ENUM", { values });
const percent = { min: 0, max: 100 };
const year = { min: 1949, max: 9999 };
const count = { min: 0, max: 2_147_483_647 };

type FactTypeOptions = Pick<FactType, "fields" | "happenedOn" | "singular"> & {
  readonly undocumented?: true;
};

// Declares fact types that these departments record.
const recordedBy =
  (...departments: readonly FactDepartment[]) =>
  (name: string, recordField: string, { undocumented, ...options }: FactTypeOptions): FactType => ({
    name,
    recordField,
    departments,
    documentNumberRequired: !undocumented,
    ...options,
  });

const safety = recordedBy("SAFETY");
const transport = recordedBy("TRANSPORT");
const construction = recordedBy("CONSTRUCTION");
const tax = recordedBy("TAX");
const finance = recordedBy("FINANCE");
const penalisers = recordedBy("SAFETY", "CONSTRUCTION");
const everybody = recordedBy(...FACT_DEPARTMENTS);
const listKeepers = recordedBy("SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX");

const penaltyFields = [
  field("kind!"),
  ...strings("cause", "basis", "content"),
  field("fine", "MONEY"),
  field("enforcement"),
];

/** Every fact type, in the order of departments. */
export const FACT_TYPES: readonly FactType[] = [
  safety("EnterpriseRegistration", "registration", {
    undocumented: true,
    singular: true,
    fields: [
      field("name!", "STRING", { max: 200 }),
      ...strings("address", "legalRepresentative"),
      // Bounded, because statistics find them in an index.
      field("industry", "STRING", { max: 200 }),
      field("sector", "STRING", { max: 200 }),
      field("district"),
      field("keyRegulated", "BOOLEAN"),
      field("aboveDesignatedSize", "BOOLEAN"),
      field("registrationNumber"),
      field("registeredCapital", "MONEY"),
      field("paidInCapital", "MONEY"),
      field("establishedOn", "DATE"),
      ...strings("operatingTerm", "enterpriseType", "businessScope"),
    ],
  }),
  safety("StandardizationCertificate", "standardizationCertificates", {
    fields: [field("level!", "INTEGER", { min: 1, max: 3 }), field("industry"), field("withdrawnOn", "DATE")],
  }),
  safety("AttainmentReview", "attainmentReviews", {
    fields: [
      field("score!", "TENTHS", percent),
      enumeration("kind", "SELF", "REVIEW"),
      field("hadEarlierCertificate", "BOOLEAN"),
    ],
  }),
  safety("Accident", "accidents", {
    fields: [
      enumeration("class!", "ORDINARY", "LARGER", "GRAVE", "EXTRAORDINARILY_GRAVE"),
      field("deaths!", "INTEGER", count),
      field("seriousInjuries", "INTEGER", count),
      field("liability!", "BOOLEAN"),
      field("vile", "BOOLEAN"),
    ],
  }),
  safety("SeriousViolation", "seriousViolations", {
    fields: [
      enumeration(
        "kind!",
        "UNLICENSED_PRODUCTION",
        "MAJOR_HAZARD_IGNORED",
        "OCCUPATIONAL_EXCESS_IGNORED",
        "EVADED_SUPERVISION",
        "STOPPAGE_ORDER_IGNORED",
        "ACCIDENT_CONCEALED",
        "UNACCEPTED_PROJECT_IN_USE",
        "MINED_BEYOND_LICENCE",
        "SCENE_DESTROYED",
        "ORDERED_FROM_ABOVE",
        "APPLICATION_FRAUD",
        "MAIN_RESPONSIBILITY_UNFULFILLED",
      ),
    ],
  }),
  safety("Hazard", "hazards", {
    happenedOn: "foundOn",
    fields: [
      field("major!", "BOOLEAN"),
      field("foundOn!", "DATE"),
      field("deadline", "DATE"),
      field("rectifiedOn", "DATE"),
      ...strings("responsible", "measures", "funds", "contingency"),
    ],
  }),
  safety("Inspection", "inspections", {
    fields: [
      enumeration("result!", "PASSED", "FAILED"),
      enumeration("kind", "ROUTINE", "SAMPLED_VERIFICATION", "LOOK_BACK"),
      field("finding"),
    ],
  }),
  penalisers("AdministrativePenalty", "penalties", { fields: penaltyFields }),
  safety("SafetyLicence", "safetyLicences", {
    fields: [field("kind!"), field("revokedOn", "DATE")],
  }),
  safety("SafetyCommitment", "safetyCommitments", {
    happenedOn: "publishedOn",
    fields: [
      field("signedOn", "DATE"),
      field("publishedOn", "DATE"),
      field("breachedOn", "DATE"),
      field("breach"),
    ],
  }),
  safety("ProgrammeEnrolment", "programmeEnrolments", {
    happenedOn: "startedOn",
    fields: [
      field("scheme!"),
      field("startedOn!", "DATE"),
      enumeration("track", "CULTIVATE", "ASSIST", "RECTIFY"),
    ],
  }),
  safety("CriteriaReview", "criteriaReviews", {
    fields: [
      field("scheme!"),
      enumeration("track!", "CULTIVATE", "ASSIST", "RECTIFY"),
      field("unmet!", "INTEGERS", { min: 1, max: 99 }),
      field("certifiedStaffPercent", "TENTHS", percent),
    ],
  }),
  safety("ScoreAssessment", "scoreAssessments", {
    fields: [
      field("scheme!"),
      field("score!", "TENTHS", percent),
      field("year!", "INTEGER", year),
      field("half", "INTEGER", { min: 1, max: 2 }),
    ],
  }),
  safety("SchemeReport", "schemeReports", {
    happenedOn: "submittedOn",
    fields: [
      field("scheme!"),
      field("kind!"),
      field("year!", "INTEGER", year),
      field("half", "INTEGER", { min: 1, max: 2 }),
      field("submittedOn!", "DATE"),
      field("note"),
    ],
  }),
  safety("ProduceViolation", "produceViolations", {
    fields: [enumeration("kind!", "VIOLATION", "QUALITY_ACCIDENT")],
  }),
  safety("HonestyReport", "honestyReports", {
    happenedOn: "reportedOn",
    fields: [field("year!", "INTEGER", year), field("reportedOn", "DATE")],
  }),
  safety("OccupationalDiseaseCase", "occupationalDiseaseCases", {
    happenedOn: "diagnosedOn",
    fields: [field("diagnosedOn!", "DATE")],
  }),
  listKeepers("GradeDetermination", "gradeDeterminations", {
    fields: [
      field("scheme!"),
      field("grade!"),
      field("score", "TENTHS", percent),
      field("year", "INTEGER", year),
      enumeration("cause", "ACCIDENT", "VIOLATION", "COMMITMENT", "OTHER"),
    ],
  }),
  listKeepers("ListEntry", "listEntries", {
    happenedOn: "publishedOn",
    fields: [
      field("list!"),
      enumeration("level!", "PROVINCE", "CITY", "COUNTY"),
      field("publishedOn!", "DATE"),
      field("endedOn", "DATE"),
      ...strings("ground", "provider"),
    ],
  }),
  listKeepers("ProcedureStep", "procedureSteps", {
    happenedOn: "on",
    fields: [
      enumeration("procedure!", "LISTING", "REMOVAL", "OBJECTION", "INCENTIVE", "RENEWAL", "TITLE"),
      field("list!"),
      field("step!"),
      field("on!", "DATE"),
      ...strings("by", "note"),
      field("outcome"),
    ],
  }),
  everybody("MeasureExecution", "measureExecutions", {
    happenedOn: "executedOn",
    fields: [
      field("scheme!"),
      field("measure!"),
      field("list"),
      field("executedOn!", "DATE"),
      enumeration("outcome", "CARRIED_OUT", "IN_PROGRESS", "NOT_CARRIED_OUT"),
      field("note"),
    ],
  }),
  safety("DynamicPoints", "dynamicPoints", {
    fields: [
      enumeration("kind!", "VIOLATION", "COMMITMENT", "ACCIDENT"),
      field("points!", "TENTHS", { min: -100, max: 0 }),
    ],
  }),
  transport("OperatorLicence", "operatorLicences", {
    fields: [field("kind!"), field("revokedOn", "DATE")],
  }),
  transport("FleetProfile", "fleetProfiles", {
    undocumented: true,
    fields: [field("vehicles!", "INTEGER", count), field("hazardousGoodsVehicles", "INTEGER", count)],
  }),
  transport("TrafficViolation", "trafficViolations", {
    fields: [field("kind!"), field("points", "INTEGER", count), field("deaths", "INTEGER", count)],
  }),
  transport("TrafficCreditEntry", "trafficCreditEntries", {
    fields: [field("points!", "TENTHS", { min: -100_000, max: 100_000 }), field("reason")],
  }),
  construction("WorksQualification", "worksQualifications", {
    fields: [field("kind!"), field("level!"), field("revokedOn", "DATE")],
  }),
  construction("MaintenanceAssessment", "maintenanceAssessments", {
    fields: [
      enumeration("kind!", "LIFT", "HOIST"),
      field("grade!"),
      enumeration("rectification", "NONE", "SUFFICIENT", "INSUFFICIENT"),
    ],
  }),
  construction("WageArrears", "wageArrears", {
    happenedOn: "from",
    fields: [
      field("amount!", "MONEY"),
      field("from!", "DATE"),
      field("settledOn", "DATE"),
      field("workers", "INTEGER", count),
    ],
  }),
  construction("SocialInsuranceArrears", "socialInsuranceArrears", {
    fields: [field("kind!"), field("amount!", "MONEY"), field("settledOn", "DATE")],
  }),
  construction("Commendation", "commendations", { fields: [field("title!"), field("level")] }),
  construction("Guarantee", "guarantees", {
    fields: [
      enumeration("kind!", "PERFORMANCE", "WAGE"),
      field("amount!", "MONEY"),
      field("section"),
      field("releasedOn", "DATE"),
    ],
  }),
  tax("TaxpayerCreditGrade", "creditGrades", {
    fields: [field("year!", "INTEGER", year), enumeration("grade!", "A", "B", "M", "C", "D")],
  }),
  tax("TaxArrears", "arrears", {
    happenedOn: "since",
    fields: [field("amount!", "MONEY"), field("since!", "DATE"), field("clearedOn", "DATE")],
  }),
  tax("TaxRebate", "rebates", {
    fields: [field("period!"), field("amount!", "MONEY"), field("paidOn", "DATE")],
  }),
  tax("MajorTaxViolation", "majorTaxViolations", {
    fields: [field("kind!"), field("amount", "MONEY")],
  }),
  finance("LoanApplication", "loanApplications", {
    happenedOn: "on",
    fields: [
      field("amount!", "MONEY"),
      field("on!", "DATE"),
      field("lender"),
      field("decidedOn", "DATE"),
      field("decision"),
    ],
  }),
  finance("CreditLine", "creditLines", {
    fields: [field("amount!", "MONEY"), field("lender!"), field("closedOn", "DATE")],
  }),
  finance("LoanDefault", "loanDefaults", {
    fields: [field("amount!", "MONEY"), field("daysPastDue!", "INTEGER", count), field("settledOn", "DATE")],
  }),
  finance("InsurancePolicy", "insurancePolicies", {
    fields: [
      enumeration("kind!", "WORK_INJURY", "SAFETY_LIABILITY"),
      field("industryRate!", "RATE", percent),
      field("currentRate", "RATE", percent),
      field("floorRate", "RATE", percent),
    ],
  }),
  finance("SecuritiesReview", "securitiesReviews", {
    happenedOn: "on",
    fields: [field("kind!"), field("on!", "DATE"), field("result")],
  }),
];

const byName: ReadonlyMap<string, FactType> = new Map(FACT_TYPES.map((type) => [type.name, type]));

/** The fact type of a name, or undefined. */
export function findFactType(name: string): FactType | undefined {
  return byName.get(name);
}

/** The fact types that a department records. */
export function factTypesOf(department: FactDepartment): readonly FactType[] {
  return FACT_TYPES.filter((type) => type.departments.includes(department));
}
