/** The enterprise as the transport department sees it: the key, and nothing of its own. */
import { Directive, Field, ObjectType } from "type-graphql";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../schema/scalars";
import { parseKey } from "../shared/enterprise-key";

@Directive('@key(fields: "creditCode asOf knownAt")')
@ObjectType({ simpleResolvers: true, description: "An enterprise as it stood on a day." })
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
}

/** Parses the key and asks nothing: whether there are facts is for the branches to say. */
export const enterprise = {
  type: Enterprise,
  resolveReference: async (reference: Readonly<Record<string, unknown>>): Promise<Enterprise> =>
    Object.assign(new Enterprise(), parseKey(reference)),
};
