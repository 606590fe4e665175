/** `Query.registeredCreditCodes`: the population, page by page, for work on all of it. */
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { HubError } from "../../schema/errors";
import { CreditCodeScalar } from "../../schema/scalars";
import type { DepartmentContext } from "../shared/department";
import { listRegisteredCodes } from "./store";

const PAGE_MAX = 10_000;

@Resolver()
export class RegisterResolver {
  @Query(() => [CreditCodeScalar], {
    description:
      "The credit codes of all enterprises that are registered as far as is known now, in ascending order. A page that is not full is the last.",
  })
  registeredCreditCodes(
    @Arg("first", () => Int, { defaultValue: PAGE_MAX, description: "Codes a page, at most 10,000." })
    first: number,
    @Arg("after", () => CreditCodeScalar, {
      nullable: true,
      description: "The last code of the page before.",
    })
    after: string | null,
    @Ctx() { pool, ask }: DepartmentContext,
  ): Promise<readonly string[]> {
    if (first < 1 || first > PAGE_MAX)
      throw new HubError("BAD_USER_INPUT", `first: between 1 and ${PAGE_MAX} codes are given.`);
    return ask(() => listRegisteredCodes(pool, { after: after ?? "", codesMax: first }));
  }
}
