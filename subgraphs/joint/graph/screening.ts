/** A screening in the graph. */
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../../schema/scalars";
import type {
  Department,
  Outcome,
  Purpose,
  SchemeVersion as SchemeVersionData,
  Text,
} from "../assessment/assessment";
import { isOnRecord, type ScreeningReceipt } from "../screening/results";
import type { Screening as ScreeningData, ScreeningState } from "../screening/screening";
import { DepartmentEnum, OutcomeEnum, PurposeEnum } from "./enums";
import { SchemeVersion } from "./scheme";

/** How far a screening has come. */
export const ScreeningStateEnum = {
  WAITING: "WAITING",
  RUNNING: "RUNNING",
  FINISHED: "FINISHED",
  CANCELLED: "CANCELLED",
} as const;
registerEnumType(ScreeningStateEnum, {
  name: "ScreeningState",
  description: "How far a screening has come.",
  valuesConfig: {
    WAITING: { description: "Not divided into slices yet." },
    RUNNING: { description: "Workers are answering its slices." },
    FINISHED: { description: "Every enterprise has been decided on." },
    CANCELLED: { description: "Stopped by request; what was decided stays decided." },
  },
});

@ObjectType({ simpleResolvers: true, description: "How many enterprises had an outcome." })
export class OutcomeCount {
  @Field(() => OutcomeEnum, { description: "The outcome." })
  readonly outcome!: Outcome;

  @Field(() => Int, { description: "How many enterprises had it so far." })
  readonly count!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "One question about many enterprises, answered by workers.",
})
export class Screening implements ScreeningData {
  @Field(() => ID, { description: "Its id." })
  readonly id!: string;

  @Field(() => PurposeEnum, { description: "What the decisions are for." })
  readonly purpose!: Purpose;

  @Field(() => ID, {
    nullable: true,
    description: "The scheme; null: that of each enterprise's place and trade.",
  })
  readonly scheme!: string | null;

  @Field(() => LocalDateScalar, { description: "The day asked about." })
  readonly asOf!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "What had been recorded by when; null: by the decision.",
  })
  readonly knownAt!: string | null;

  @Field(() => ScreeningStateEnum, { description: "How far it has come." })
  readonly state!: ScreeningState;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  readonly requestedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the last enterprise was decided on." })
  readonly finishedAt!: string | null;

  @Field(() => Int, { description: "Enterprises in all; 0 while it is waiting." })
  readonly total!: number;

  @Field(() => Int, { description: "Enterprises decided on so far." })
  readonly done!: number;

  @Field(() => [OutcomeCount], { description: "The outcomes so far." })
  readonly outcomes!: readonly OutcomeCount[];
}

@ObjectType({
  simpleResolvers: true,
  description: "What a screening came to for one enterprise, as the receipt of its decision says.",
})
export class ScreeningResult {
  @Field(() => CreditCodeScalar, { description: "The enterprise." })
  readonly creditCode!: string;

  @Field(() => OutcomeEnum, { description: "The verdict." })
  readonly outcome!: Outcome;

  readonly sentence!: Text;

  @Field(() => Boolean, {
    description:
      "False: every department that answered had nothing on record, which is not the same as unknown.",
  })
  readonly onRecord!: boolean;

  @Field(() => [DepartmentEnum], { description: "The departments that did not answer." })
  readonly missing!: readonly Department[];

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which the verdict can change by itself, because a term begins or ends.",
  })
  readonly reviewOn!: string | null;

  @Field(() => SchemeVersion, { description: "The policy pack and its version." })
  readonly scheme!: SchemeVersionData;

  @Field(() => ID, { description: "The id of the decision and of its receipt." })
  readonly receipt!: string;

  @Field(() => String, { description: "The decision signed (compact JWS, EdDSA, over RFC 8785 JSON)." })
  readonly jws!: string;

  /** The result that a receipt holds. */
  static from({ content, jws }: ScreeningReceipt): ScreeningResult {
    const { id, creditCode, outcome, sentence, evidence, missing, reviewOn, scheme } = content;
    return Object.assign(new ScreeningResult(), {
      ...{ creditCode, outcome, sentence, reviewOn, scheme, jws },
      receipt: id,
      onRecord: isOnRecord(evidence),
      missing: missing.map(({ department }) => department),
    });
  }
}

@InputType({
  description: "What is asked, and of whom: of these enterprises, or of all that are registered.",
})
export class StartScreeningInput {
  @Field(() => PurposeEnum, { description: "What the decisions are for." })
  readonly purpose!: Purpose;

  @Field(() => ID, {
    nullable: true,
    description: "The scheme; that of each enterprise's place and trade unless given.",
  })
  readonly scheme?: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The day asked about; today in Shanghai unless given.",
  })
  readonly asOf?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only what had been recorded by then." })
  readonly knownAt?: string | null;

  @Field(() => [CreditCodeScalar], {
    nullable: true,
    description: "The enterprises, up to 10,000; or say `all`.",
  })
  readonly creditCodes?: readonly string[] | null;

  @Field(() => Boolean, { defaultValue: false, description: "All enterprises that are registered." })
  readonly all!: boolean;
}
