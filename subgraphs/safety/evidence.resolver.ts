/** `Enterprise.safetyEvidence`: what the safety authority lends to judgements. No caller can ask for it. */
import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { Evidence } from "../shared/evidence";
import { Enterprise } from "./enterprise";

@Resolver(() => Enterprise)
export class EvidenceResolver {
  @Directive("@inaccessible")
  @FieldResolver(() => Evidence, {
    nullable: true,
    description: "What the safety authority lends to judgements. Null means that it could not be asked.",
  })
  safetyEvidence(@Root() enterprise: Enterprise, @Ctx() context: DepartmentContext): Promise<Evidence> {
    return context.loadEvidence(enterprise);
  }
}
