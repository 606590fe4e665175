/** A decision and its receipt in the graph. */
import { Field, ID, ObjectType } from "type-graphql";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../../schema/scalars";
import type {
  Decision as DecisionData,
  Measure as MeasureData,
  MissingSource as MissingSourceData,
  Outcome,
  Purpose,
  Reason as ReasonData,
  SchemeVersion as SchemeVersionData,
  Text,
} from "../assessment/assessment";
import type { Receipt as LedgerReceipt } from "../ledger/ledger";
import { MissingSource } from "./assessment";
import { OutcomeEnum, PurposeEnum } from "./enums";
import { Measure, Reason } from "./reason";
import { SchemeVersion } from "./scheme";

@ObjectType({
  simpleResolvers: true,
  description:
    "The part of the assessment that one purpose needs, as one verdict. It was signed and stored before it was answered.",
})
export class Decision implements DecisionData {
  @Field(() => ID, { description: "The id of its receipt." })
  readonly id!: string;

  @Field(() => PurposeEnum, { description: "What it is for." })
  readonly purpose!: Purpose;

  @Field(() => OutcomeEnum, { description: "The verdict." })
  readonly outcome!: Outcome;

  readonly sentence!: Text;

  @Field(() => [Measure], { description: "The measures that bear on the purpose." })
  readonly measures!: readonly MeasureData[];

  @Field(() => [Reason], {
    description: "The steps of the reasoning that bear on the purpose, counted or not.",
  })
  readonly reasons!: readonly ReasonData[];

  @Field(() => [MissingSource], { description: "Every department that did not answer." })
  readonly missing!: readonly MissingSourceData[];

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which the verdict can change by itself, because a term begins or ends.",
  })
  readonly reviewOn!: string | null;

  @Field(() => SchemeVersion, { description: "The policy pack and its version." })
  readonly scheme!: SchemeVersionData;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  readonly decidedAt!: string;

  @Field(() => [String], { description: "What the reader must know, such as a pack that is no longer law." })
  readonly warnings!: readonly string[];

  /** Its receipt in the ledger, of which the graph shows the JWS. */
  readonly kept!: LedgerReceipt;
}

@ObjectType({ simpleResolvers: true, description: "A decision as it was made, signed and kept." })
export class Receipt {
  @Field(() => ID, { description: "The id of the decision." })
  readonly id!: string;

  @Field(() => CreditCodeScalar, { description: "The enterprise." })
  readonly creditCode!: string;

  @Field(() => PurposeEnum, { description: "What it was for." })
  readonly purpose!: Purpose;

  @Field(() => OutcomeEnum, { description: "The verdict." })
  readonly outcome!: Outcome;

  readonly sentence!: Text;

  @Field(() => LocalDateScalar, { description: "The day asked about." })
  readonly asOf!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "What had been recorded by then was taken into account; null: by the time of the decision.",
  })
  readonly knownAt!: string | null;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  readonly decidedAt!: string;

  @Field(() => SchemeVersion, { description: "The policy pack and its version." })
  readonly scheme!: SchemeVersionData;

  @Field(() => String, { description: "The decision signed (compact JWS, EdDSA, over RFC 8785 JSON)." })
  readonly jws!: string;
}
