/** Where a question about enterprises starts, and where it is judged. */
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { HubError } from "../../schema/errors";
import { CreditCodeScalar, DateTimeScalar, LocalDateScalar } from "../../schema/scalars";
import type { Purpose } from "./assessment/assessment";
import type { Assessment as AssessmentData } from "./assessment/assessment";
import { readAskedTime } from "./asked-time";
import type { JointContext } from "./context";
import { Enterprise } from "./enterprise";
import { Assessment } from "./graph/assessment";
import { Decision } from "./graph/decision";
import { PurposeEnum } from "./graph/enums";
import { type Case, openCase } from "./judgement/case";
import { assessSideBySide } from "./judgement/side-by-side";
import { REQUIRES_EVIDENCE } from "./requires-evidence";

const CREDIT_CODES_MAX = 1_000;

const asOfArgument = { nullable: true, description: "The day asked about; today in Shanghai unless given." };
const knownAtArgument = {
  nullable: true,
  description:
    "Only what had been recorded by then is taken into account; everything recorded by now unless given.",
};
const schemeArgument = {
  nullable: true,
  description: "The scheme to judge by; that of the enterprise's place and trade unless given.",
};

function caseOf(enterprise: Enterprise, context: JointContext): Case {
  return (enterprise.case ??= openCase(enterprise, context));
}

@Resolver(() => Enterprise)
export class EnterpriseResolver {
  @Query(() => Enterprise, {
    description:
      "One enterprise as it stood on a day. Never null: one that nobody has recorded has an empty record.",
  })
  enterprise(
    @Arg("creditCode", () => CreditCodeScalar, { description: "Its unified social credit code." })
    creditCode: string,
    @Arg("asOf", () => LocalDateScalar, asOfArgument) asOf: string | null = null,
    @Arg("knownAt", () => DateTimeScalar, knownAtArgument) knownAt: string | null = null,
  ): Enterprise {
    return Object.assign(new Enterprise(), { creditCode, ...readAskedTime(asOf, knownAt, new Date()) });
  }

  @Query(() => [Enterprise], {
    description: "Up to 1,000 enterprises, in the order asked for, each code once or more.",
  })
  enterprises(
    @Arg("creditCodes", () => [CreditCodeScalar], { description: "Their unified social credit codes." })
    creditCodes: readonly string[],
    @Arg("asOf", () => LocalDateScalar, asOfArgument) asOf: string | null = null,
    @Arg("knownAt", () => DateTimeScalar, knownAtArgument) knownAt: string | null = null,
  ): readonly Enterprise[] {
    if (creditCodes.length > CREDIT_CODES_MAX)
      throw new HubError(
        "LIMIT_EXCEEDED",
        `At most ${CREDIT_CODES_MAX} enterprises can be asked for at once, not ${creditCodes.length}.`,
      );
    const time = readAskedTime(asOf, knownAt, new Date());
    return creditCodes.map((creditCode) => Object.assign(new Enterprise(), { creditCode, ...time }));
  }

  @Directive(REQUIRES_EVIDENCE)
  @FieldResolver(() => Assessment, {
    description: "Everything that follows from the facts under one policy pack.",
  })
  assessment(
    @Root() enterprise: Enterprise,
    @Ctx() context: JointContext,
    @Arg("scheme", () => ID, schemeArgument) scheme: string | null = null,
  ): AssessmentData {
    return caseOf(enterprise, context).apply(scheme).assessment;
  }

  @Directive(REQUIRES_EVIDENCE)
  @FieldResolver(() => [Assessment], {
    description:
      "What follows under every scheme that has something to say, side by side, each with its own reasons. Between them the joint rules hold: a punishment goes before another scheme's incentive in the same matter, and a listing for joint punishment stops the incentives of all others; what gives way is shown as OVERRIDDEN.",
  })
  assessments(@Root() enterprise: Enterprise, @Ctx() context: JointContext): readonly AssessmentData[] {
    const judged = caseOf(enterprise, context);
    const subject = { creditCode: enterprise.creditCode, evidence: judged.evidence() };
    return assessSideBySide(subject, judged, context.registry);
  }

  @Directive(REQUIRES_EVIDENCE)
  @FieldResolver(() => Decision, {
    description: "The verdict for one purpose, signed and stored. It fails when it cannot be stored.",
  })
  async decision(
    @Root() enterprise: Enterprise,
    @Ctx() context: JointContext,
    @Arg("purpose", () => PurposeEnum, { description: "What the decision is for." }) purpose: Purpose,
    @Arg("scheme", () => ID, schemeArgument) scheme: string | null = null,
  ): Promise<Decision> {
    const { decision, receipt } = await context.decisions.make({
      case: caseOf(enterprise, context),
      purpose,
      scheme,
    });
    return Object.assign(new Decision(), decision, {
      id: receipt.id,
      decidedAt: receipt.decidedAt,
      kept: receipt,
    });
  }
}
