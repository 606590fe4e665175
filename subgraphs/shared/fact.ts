/** The columns that every fact has, in every department. */
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, PrimaryColumn } from "typeorm";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../schema/scalars";

/** Who may see a fact. */
export const Disclosure = { PUBLIC: "PUBLIC", SHARED: "SHARED", RESTRICTED: "RESTRICTED" } as const;
/** Who may see a fact. */
export type Disclosure = keyof typeof Disclosure;
registerEnumType(Disclosure, {
  name: "Disclosure",
  description: "Who may see a fact.",
  valuesConfig: {
    PUBLIC: { description: "Anybody." },
    SHARED: { description: "Authorities and those who may ask with a purpose." },
    RESTRICTED: { description: "The department itself and whom the law names." },
  },
});

/** Whether a fact counts. */
export const FactStatus = { ACTIVE: "ACTIVE", DISPUTED: "DISPUTED", WITHDRAWN: "WITHDRAWN" } as const;
/** Whether a fact counts. */
export type FactStatus = keyof typeof FactStatus;
registerEnumType(FactStatus, {
  name: "FactStatus",
  description: "Whether a fact counts in a judgement.",
  valuesConfig: {
    ACTIVE: { description: "It counts." },
    DISPUTED: { description: "An objection is open: it is shown, and counts for no ground and no score." },
    WITHDRAWN: { description: "The department has taken it back: it is shown as such and does not count." },
  },
});

/**
 * One recorded version of a fact. Nothing is updated or deleted: a correction or a withdrawal closes `supersededAt` and
 * adds a row. The credit code leads the primary key, so that the table can be distributed by it (Citus).
 */
@ObjectType({ simpleResolvers: true })
export abstract class Fact {
  @Field(() => CreditCodeScalar, { description: "The enterprise that the fact is about." })
  @PrimaryColumn({ name: "credit_code", type: "varchar", length: 18, collation: "C" })
  readonly creditCode!: string;

  @Field(() => ID, { description: "This version of the fact; a correction has an id of its own." })
  @PrimaryColumn({ type: "uuid" })
  readonly id!: string;

  // An absent number is stored as "", so that a plain unique index sees it as equal on every PostgreSQL and on Citus.
  @Field(() => String, {
    nullable: true,
    description: "Number of the document that states the fact; with type and credit code it identifies it.",
  })
  @Column({ name: "document_number", type: "text", default: "" })
  readonly documentNumber!: string | null;

  @Field(() => String, { nullable: true, description: "The body that found or decided it." })
  @Column({ type: "text", nullable: true })
  readonly authority!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The day on which it happened." })
  @Column({ name: "occurred_on", type: "date", nullable: true })
  readonly occurredOn!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which it holds; null when it has always held.",
  })
  @Column({ name: "valid_from", type: "date", nullable: true })
  readonly validFrom!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which it no longer holds; null when no end is set.",
  })
  @Column({ name: "valid_until", type: "date", nullable: true })
  readonly validUntil!: string | null;

  @Field(() => DateTimeScalar, { description: "When this version was recorded; it never goes backwards." })
  @Column({ name: "recorded_at", type: "timestamptz", precision: 3 })
  readonly recordedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When a correction or withdrawal took this version's place; null while it is the latest.",
  })
  @Column({ name: "superseded_at", type: "timestamptz", precision: 3, nullable: true })
  readonly supersededAt!: string | null;

  @Field(() => Disclosure, { description: "Who may see it." })
  @Column({ type: "text" })
  readonly disclosure!: Disclosure;

  @Field(() => FactStatus, { description: "Whether it counts: disputed and withdrawn facts do not." })
  @Column({ type: "text" })
  readonly status!: FactStatus;

  @Field(() => String, { nullable: true, description: "Why it was withdrawn." })
  @Column({ name: "status_reason", type: "text", nullable: true })
  readonly statusReason!: string | null;

  @Field(() => ID, { nullable: true, description: "The version that this one corrects or withdraws." })
  @Column({ type: "uuid", nullable: true })
  readonly corrects!: string | null;

  /** SHA-256 of the canonical content: tells a repetition from a contradiction. */
  @Column({ name: "content_digest", type: "bytea" })
  readonly contentDigest!: Buffer;
}
