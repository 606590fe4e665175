/** The enums of the judgement, as the contract names them. */
import { registerEnumType } from "type-graphql";

const same = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Name in Names[number]]: Name };

interface Meaning {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}

function describe(values: object, { name, description, values: meanings }: Meaning): void {
  const valuesConfig = Object.fromEntries(
    Object.keys(values).map((value) => [value, { description: meanings[value]! }]),
  );
  registerEnumType(values, { name, description, valuesConfig });
}

/** Who records a fact, acts on a measure or keeps a list. */
export const DepartmentEnum = same("SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX", "FINANCE", "JOINT", "OTHER");
describe(DepartmentEnum, {
  name: "Department",
  description: "Who records a fact, acts on a measure or keeps a list.",
  values: {
    SAFETY: "Emergency management (work safety).",
    TRANSPORT: "Transport, with the traffic police.",
    CONSTRUCTION: "Housing and construction.",
    TAX: "Finance and tax.",
    FINANCE: "Banks, securities and insurance supervision.",
    JOINT: "The joint conference of the departments (联席会议), which judges.",
    OTHER: "A body outside the hub, which the measure names.",
  },
});

/** What a decision is for. */
export const PurposeEnum = same("LOAN", "REBATE", "BID", "INSURANCE", "PROJECT_APPROVAL", "SUPERVISION");
describe(PurposeEnum, {
  name: "Purpose",
  description: "What a decision is for.",
  values: {
    LOAN: "Whether and how to lend.",
    REBATE: "Whether to pay a tax rebate.",
    BID: "Whether to admit a bid and on which guarantee.",
    INSURANCE: "Which premium rate to take.",
    PROJECT_APPROVAL: "Whether to approve a planned investment.",
    SUPERVISION: "How closely to supervise.",
  },
});

/** The verdict for one purpose. */
export const OutcomeEnum = same("FAVOURED", "NORMAL", "RESTRICTED", "BARRED", "UNDETERMINED");
describe(OutcomeEnum, {
  name: "Outcome",
  description: "The verdict for one purpose: the strongest measure in force for it.",
  values: {
    FAVOURED: "An incentive applies and no punishment does.",
    NORMAL: "No measure applies.",
    RESTRICTED: "A measure restricts it.",
    BARRED: "A measure bars it.",
    UNDETERMINED:
      "A department did not answer, and its answer could change the verdict. Never read it as clean.",
  },
});

/** Whether something punishes or rewards. */
export const DirectionEnum = same("PUNISHMENT", "INCENTIVE");
describe(DirectionEnum, {
  name: "Direction",
  description: "Whether a list or a measure punishes or rewards.",
  values: {
    PUNISHMENT: "To the enterprise's disadvantage.",
    INCENTIVE: "To its advantage.",
  },
});

/** The level of government that keeps a list. */
export const ListLevelEnum = same("PROVINCE", "CITY", "COUNTY");
describe(ListLevelEnum, {
  name: "ListLevel",
  description: "The level of government that keeps a list.",
  values: {
    PROVINCE: "The province.",
    CITY: "The city.",
    COUNTY: "The county or district.",
  },
});

/** Why a fact or a rule did not count. */
export const NotCountedEnum = same(
  "DISPUTED",
  "EXPIRED",
  "OVERRIDDEN",
  "NOT_YET_IN_FORCE",
  "OUTSIDE_WINDOW",
  "PROCEDURE_OPEN",
);
describe(NotCountedEnum, {
  name: "NotCounted",
  description: "Why something on record did not count.",
  values: {
    DISPUTED: "An objection is open, or the department has withdrawn it.",
    EXPIRED: "Its term was over on the day asked about.",
    OVERRIDDEN: "A rule that goes before it decided.",
    NOT_YET_IN_FORCE: "Its term had not begun on the day asked about.",
    OUTSIDE_WINDOW: "It happened before the period that the rule looks back on.",
    PROCEDURE_OPEN: "The procedure that would bring it into force is not finished.",
  },
});

/** The language of a sentence. */
export const LanguageEnum = same("ZH", "EN");
describe(LanguageEnum, {
  name: "Language",
  description: "The language of a sentence.",
  values: { ZH: "Chinese.", EN: "English." },
});
/** The language of a sentence. */
export type Language = keyof typeof LanguageEnum;
