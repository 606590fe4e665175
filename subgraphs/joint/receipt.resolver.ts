/** `Query.receipt`: a decision as it was made, whatever has been recorded or enacted since. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { JointContext } from "./context";
import { Decision, Receipt } from "./graph/decision";

@Resolver(() => Receipt)
export class ReceiptResolver {
  @Query(() => Receipt, {
    nullable: true,
    description: "A decision that was made, as it was made; null when there is none with this id.",
  })
  async receipt(
    @Arg("id", () => ID, { description: "The id of the decision." }) id: string,
    @Ctx() { ledger }: JointContext,
  ): Promise<Receipt | null> {
    const found = await ledger.find(id);
    return found ? Object.assign(new Receipt(), found.content, { jws: found.jws() }) : null;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description:
      "The receipt that answered the same question (enterprise, purpose, scheme, day) next before this one.",
  })
  async supersedes(@Root() { id }: Receipt, @Ctx() { ledger }: JointContext): Promise<string | null> {
    return (await ledger.findNeighbour(id, "earlier")) ?? null;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description:
      "The receipt that answered the same question next after this one; null while this is the latest.",
  })
  async supersededBy(@Root() { id }: Receipt, @Ctx() { ledger }: JointContext): Promise<string | null> {
    return (await ledger.findNeighbour(id, "later")) ?? null;
  }
}

@Resolver(() => Decision)
export class DecisionReceiptResolver {
  @FieldResolver(() => String, {
    description:
      "The decision signed (compact JWS, EdDSA, over RFC 8785 JSON). Anybody verifies it offline with the keys at /.well-known/jwks.json.",
  })
  receipt(@Root() { kept }: Decision): string {
    return kept.jws();
  }
}
