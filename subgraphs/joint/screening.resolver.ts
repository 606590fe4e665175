/** Starting, watching and cancelling a screening. */
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { HubError } from "../../schema/errors";
import { CreditCodeScalar } from "../../schema/scalars";
import type { JointContext } from "./context";
import { Screening, ScreeningResult, StartScreeningInput } from "./graph/screening";
import { readScreeningQuestion, requireScheme } from "./screening/read-question";
import type { ScreenedPopulation } from "./screening/screenings";

const CREDIT_CODES_MAX = 10_000;
const RESULTS_MAX = 1_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idArgument = { description: "The id of the screening." };

function readPopulation({ creditCodes, all }: StartScreeningInput): ScreenedPopulation {
  if (all === Boolean(creditCodes))
    throw new HubError("BAD_USER_INPUT", "Either creditCodes or all says whom the screening is about.");
  if (!creditCodes) return "ALL";
  if (creditCodes.length === 0 || creditCodes.length > CREDIT_CODES_MAX)
    throw new HubError(
      "BAD_USER_INPUT",
      `creditCodes: between 1 and ${CREDIT_CODES_MAX}, not ${creditCodes.length}.`,
    );
  return creditCodes;
}

@Resolver(() => Screening)
export class ScreeningResolver {
  @Mutation(() => Screening, {
    description: "Decides on many enterprises in the background: one decision with its receipt for each.",
  })
  startScreening(
    @Arg("input", () => StartScreeningInput, { description: "What is asked, and of whom." })
    input: StartScreeningInput,
    @Ctx() { screenings, registry, caller }: JointContext,
  ): Promise<Screening> {
    const { purpose, scheme = null, asOf = null, knownAt = null } = input;
    const question = readScreeningQuestion({ purpose, scheme, asOf, knownAt });
    requireScheme(question, registry);
    return screenings.start(question, readPopulation(input), caller);
  }

  @Mutation(() => Screening, {
    nullable: true,
    description: "Stops a screening; slices under way still end. Null when there is none with this id.",
  })
  async cancelScreening(
    @Arg("id", () => ID, idArgument) id: string,
    @Ctx() { screenings }: JointContext,
  ): Promise<Screening | null> {
    return UUID.test(id) ? ((await screenings.cancel(id)) ?? null) : null;
  }

  @Query(() => Screening, {
    nullable: true,
    description: "A screening; null when there is none with this id.",
  })
  async screening(
    @Arg("id", () => ID, idArgument) id: string,
    @Ctx() { screenings }: JointContext,
  ): Promise<Screening | null> {
    return UUID.test(id) ? ((await screenings.find(id)) ?? null) : null;
  }

  @FieldResolver(() => [ScreeningResult], {
    description:
      "What has been decided so far, in the order of credit codes: one result for each enterprise.",
  })
  async results(
    @Root() { id }: Screening,
    @Ctx() { screenings }: JointContext,
    @Arg("first", () => Int, { defaultValue: 100, description: "Results a page, at most 1,000." })
    first: number,
    @Arg("after", () => CreditCodeScalar, {
      nullable: true,
      description: "The last credit code of the page before.",
    })
    after: string | null = null,
  ): Promise<readonly ScreeningResult[]> {
    if (first < 1 || first > RESULTS_MAX)
      throw new HubError("LIMIT_EXCEEDED", `first: from 1 to ${RESULTS_MAX} results make a page.`);
    return (await screenings.readPage(id, { first, after })).map(ScreeningResult.from);
  }
}
