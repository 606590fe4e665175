/** The enterprise as the joint conference sees it: the key, and what the departments lend to the judgement. */
import { Directive, Field, ObjectType } from "type-graphql";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../schema/scalars";
import { parseKey } from "../shared/enterprise-key";
import { Evidence } from "../shared/evidence";
import type { Case } from "./judgement/case";

const lentBy = (department: string) => ({
  nullable: true,
  description: `What ${department} lends to the judgement.`,
});

@Directive('@key(fields: "creditCode asOf knownAt")')
@ObjectType({
  simpleResolvers: true,
  description: "An enterprise as it stood on a day, as far as that had been recorded by a point in time.",
})
export class Enterprise {
  @Field(() => CreditCodeScalar, { description: "Its unified social credit code." })
  readonly creditCode!: string;

  @Field(() => LocalDateScalar, { description: "The day asked about." })
  readonly asOf!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "What had been recorded by then is told; null: by now.",
  })
  readonly knownAt!: string | null;

  @Directive("@external")
  @Field(() => Evidence, lentBy("emergency management"))
  readonly safetyEvidence?: unknown;

  @Directive("@external")
  @Field(() => Evidence, lentBy("transport"))
  readonly transportEvidence?: unknown;

  @Directive("@external")
  @Field(() => Evidence, lentBy("housing and construction"))
  readonly constructionEvidence?: unknown;

  @Directive("@external")
  @Field(() => Evidence, lentBy("finance and tax"))
  readonly taxEvidence?: unknown;

  @Directive("@external")
  @Field(() => Evidence, lentBy("banks and insurance supervision"))
  readonly financeEvidence?: unknown;

  /** What has been judged about it in this request, so that five purposes read the evidence once. Not in the graph. */
  case?: Case;
}

/** The enterprise of a representation. The key is checked here; what was lent is not believed yet. */
export const enterprise = {
  type: Enterprise,
  resolveReference: async (reference: Readonly<Record<string, unknown>>): Promise<Enterprise> =>
    Object.assign(new Enterprise(), parseKey(reference), {
      safetyEvidence: reference["safetyEvidence"],
      transportEvidence: reference["transportEvidence"],
      constructionEvidence: reference["constructionEvidence"],
      taxEvidence: reference["taxEvidence"],
      financeEvidence: reference["financeEvidence"],
    }),
};
