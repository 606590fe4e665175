/** What a department lends to judgements: one small value type, the same in all six subgraphs, hidden from callers. */
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { CreditCodeScalar, JsonScalar, LocalDateScalar } from "../../schema/scalars";
import { FactStatus } from "./fact";

/** Whether a department that was asked has anything on record. */
export const EvidenceStatus = { ON_RECORD: "ON_RECORD", NONE_ON_RECORD: "NONE_ON_RECORD" } as const;
/** Whether a department that was asked has anything on record. */
export type EvidenceStatus = keyof typeof EvidenceStatus;
registerEnumType(EvidenceStatus, {
  name: "EvidenceStatus",
  description: "Whether a department that was asked has anything on record.",
  valuesConfig: {
    ON_RECORD: { description: "There are facts." },
    NONE_ON_RECORD: { description: "The department was asked and has none: an answer, not an absence." },
  },
});

/** One lent fact. `values` holds the own fields of its type as the fact catalogue names them. */
@Directive("@shareable")
@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true, description: "One fact as it is lent to judgements." })
export class EvidenceFact {
  @Field(() => ID, { description: "The version of the fact." })
  readonly id!: string;

  @Field(() => String, { description: "Its fact type." })
  readonly type!: string;

  @Field(() => String, { nullable: true, description: "Number of the document that states it." })
  readonly documentNumber!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The day on which it happened." })
  readonly occurredOn!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The first day on which it holds." })
  readonly validFrom!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The first day on which it no longer holds." })
  readonly validUntil!: string | null;

  @Field(() => FactStatus, { description: "Whether it counts." })
  readonly status!: FactStatus;

  @Field(() => JsonScalar, { description: "The own fields of its type." })
  readonly values!: Readonly<Record<string, unknown>>;
}

/** Carries a status and echoes the credit code, so that a null, swapped or cut answer is recognised as unknown. */
@Directive("@shareable")
@Directive("@inaccessible")
@ObjectType({
  simpleResolvers: true,
  description: "What a department lends to judgements about one enterprise.",
})
export class Evidence {
  @Field(() => EvidenceStatus, { description: "Whether there are facts." })
  readonly status!: EvidenceStatus;

  @Field(() => CreditCodeScalar, { description: "The enterprise that was asked about." })
  readonly creditCode!: string;

  @Field(() => [EvidenceFact], {
    description: "Every fact known that had happened by the day asked about, whatever its status and term.",
  })
  readonly facts!: readonly EvidenceFact[];
}
