/** Lists of duties in the graph: what is due on a day, who has to act, by when. */
import { Directive, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { FactDepartment } from "../../../schema/fact-catalogue";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../../schema/scalars";
import { defineDutyCases, parseDutiesKey } from "../../shared/duties";
import type { DutiesKey } from "../../shared/duty-question";
import type { Department, SchemeVersion as SchemeVersionData } from "../assessment/assessment";
import {
  type CarriedListing,
  type ExecutedMeasure as ExecutedMeasureData,
  DUTY_KINDS,
  type Duty as DutyData,
  type DutyKind,
} from "../duties/duty";
import type { DutyPage, MissingDuties as MissingDutiesData } from "../duties/list-duties";
import { Enterprise } from "../enterprise";
import { DepartmentEnum } from "./enums";
import { SchemeVersion } from "./scheme";

const nullable = (description: string) => ({ nullable: true, description });
const lentBy = (department: string) => nullable(`Over whom ${department} may have to act.`);

const DutyKindEnum = Object.fromEntries(DUTY_KINDS.map((kind) => [kind, kind]));
registerEnumType(DutyKindEnum, {
  name: "DutyKind",
  description: "What is due.",
  valuesConfig: {
    STEP: { description: "The next step of a procedure that is under way." },
    MONTHLY_REPORT: { description: "The report to the next level, with all listings that it must carry." },
    EXPIRY: {
      description:
        "An entry's term ends soon: the working days have begun in which its removal is applied for.",
    },
    RENEWAL: { description: "An entry's renewal must be applied for." },
    EXECUTION: {
      description:
        "What an entry of a list brings has not been reported as carried out by the department that has to act.",
    },
    DOUBLE_STEP: {
      description:
        "A step was recorded by two departments, though only one was due: the later of them is to be withdrawn, or both looked into.",
    },
    HANDING_IN: { description: "A report or self-assessment of an enterprise is missing for a period." },
  },
});

const DutyCases = defineDutyCases(Enterprise);

@ObjectType({ simpleResolvers: true, description: "A listing that a report to the next level must carry." })
export class ReportedListing implements CarriedListing {
  @Field(() => CreditCodeScalar, { description: "The enterprise." })
  readonly creditCode!: string;

  @Field(() => String, { description: "The list." })
  readonly list!: string;

  @Field(() => LocalDateScalar, { description: "The day of the step from which the report is counted." })
  readonly on!: string;
}

@ObjectType({ simpleResolvers: true, description: "A measure that a department carried out." })
export class ExecutedMeasure implements ExecutedMeasureData {
  @Field(() => CreditCodeScalar, { description: "The enterprise." })
  readonly creditCode!: string;

  @Field(() => String, { description: "The measure." })
  readonly measure!: string;

  @Field(() => String, nullable("The list whose entry brings it, if it was said."))
  readonly list!: string | null;

  @Field(() => DepartmentEnum, { description: "The department that carried it out." })
  readonly department!: Department;

  @Field(() => LocalDateScalar, { description: "The day on which it was carried out." })
  readonly on!: string;
}

@ObjectType({ simpleResolvers: true, description: "One thing that is due." })
export class Duty implements Omit<DutyData, "creditCode"> {
  @Field(() => DutyKindEnum, { description: "What kind of thing is due." })
  readonly kind!: DutyKind;

  @Field(() => DepartmentEnum, {
    description:
      "The department that keeps the record: it acts, or sees to it that those act whom `by` names.",
  })
  readonly department!: Department;

  @Field(() => SchemeVersion, { description: "The policy under which it is due." })
  readonly scheme!: SchemeVersionData;

  @Field(() => Enterprise, nullable("The enterprise; null for a report, which names those that it carries."))
  readonly enterprise!: Enterprise | null;

  @Field(() => String, nullable("The procedure; null where none is under way."))
  readonly procedure!: string | null;

  @Field(() => String, nullable("The list that it is about; null where it is about several or none."))
  readonly list!: string | null;

  @Field(() => String, nullable("How the procedure or the entry stands on the day asked about."))
  readonly state!: string | null;

  @Field(() => String, nullable("The step to be taken, or the report to be handed in."))
  readonly step!: string | null;

  @Field(() => String, nullable("The written form that the policy asks for."))
  readonly form!: string | null;

  @Field(() => [String], { description: "Who takes the step; empty where the policy does not say." })
  readonly by!: readonly string[];

  @Field(() => String, nullable("The body that is responsible, where the policy routes the matter."))
  readonly route!: string | null;

  @Field(() => LocalDateScalar, nullable("The first day on which it can be done, where there is one."))
  readonly opensOn!: string | null;

  @Field(() => LocalDateScalar, nullable("The last day on which it is in time; null: the policy sets none."))
  readonly dueOn!: string | null;

  @Field(() => LocalDateScalar, nullable("The day on which the entry's term ends."))
  readonly expiresOn!: string | null;

  @Field(() => Boolean, { description: "Whether the last day in time was over on the day asked about." })
  readonly isOverdue!: boolean;

  @Field(() => Boolean, {
    description: "True: working days were counted through a year whose holidays are not gazetted yet.",
  })
  readonly isProvisional!: boolean;

  @Field(() => [ReportedListing], { description: "What a report must carry; empty for anything else." })
  readonly carries!: readonly CarriedListing[];

  @Field(() => [ExecutedMeasure], {
    description:
      "What a report tells as carried out in its month, over enterprises that are listed or about to be; empty for anything else.",
  })
  readonly executed!: readonly ExecutedMeasureData[];

  @Field(() => [String], {
    description: "The measures to be carried out and reported; empty for anything else.",
  })
  readonly measures!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: "One duty of a page." })
export class DutyEdge {
  @Field(() => Duty, { description: "The duty." })
  readonly node!: Duty;

  @Field(() => String, { description: "Where it stands; give it as `after` to go on from here." })
  readonly cursor!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A department that could not be asked: for lack of it the list of duties may be too short.",
})
export class MissingDuties implements MissingDutiesData {
  @Field(() => DepartmentEnum, { description: "The department." })
  readonly department!: FactDepartment;

  @Field(() => Boolean, {
    description:
      "True: it may keep procedures and entries that nobody else knows of, and none of them is listed.",
  })
  readonly hasUntoldCases!: boolean;

  @Field(() => Int, {
    description:
      "In how many procedures and entries kept elsewhere it hangs on it what is due; none of these is listed.",
  })
  readonly procedures!: number;
}

@Directive('@key(fields: "question asOf knownAt")')
@ObjectType({ simpleResolvers: true, description: "What is due as things stood on a day." })
export class Duties implements DutiesKey {
  @Directive("@inaccessible")
  @Field(() => String, { description: "What the departments are asked." })
  readonly question!: string;

  @Field(() => LocalDateScalar, { description: "The day asked about." })
  readonly asOf!: string;

  @Field(
    () => DateTimeScalar,
    nullable("What had been recorded by then is taken into account; null: by now."),
  )
  readonly knownAt!: string | null;

  @Directive("@external")
  @Field(() => DutyCases, lentBy("emergency management"))
  readonly safetyCases?: unknown;

  @Directive("@external")
  @Field(() => DutyCases, lentBy("transport"))
  readonly transportCases?: unknown;

  @Directive("@external")
  @Field(() => DutyCases, lentBy("housing and construction"))
  readonly constructionCases?: unknown;

  @Directive("@external")
  @Field(() => DutyCases, lentBy("finance and tax"))
  readonly taxCases?: unknown;

  /** The page, made once for all fields that show it. Not in the graph. */
  page?: DutyPage;
}

/** The duties of a representation. The key is checked here; what was lent is not believed yet. */
export const duties = {
  type: Duties,
  resolveReference: async (reference: Readonly<Record<string, unknown>>): Promise<Duties> =>
    Object.assign(new Duties(), parseDutiesKey(reference), {
      safetyCases: reference["safetyCases"],
      transportCases: reference["transportCases"],
      constructionCases: reference["constructionCases"],
      taxCases: reference["taxCases"],
    }),
};
