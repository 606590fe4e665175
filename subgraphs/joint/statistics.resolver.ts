/** `Query.statistics`: departments tell counts, the joint conference makes figures of them. */
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { HubError } from "../../schema/errors";
import { DateTimeScalar, LocalDateScalar } from "../../schema/scalars";
import { readAskedTime } from "./asked-time";
import type { JointContext } from "./context";
import { Figure, MissingFigures, Statistics } from "./graph/statistics";
import type { Pack } from "./policy/pack/pack";
import { computeFigures, type ComputedFigures } from "./statistics/compute-figures";
import { withExpiringEntries } from "./statistics/expiring-entries";
import { readSheets } from "./statistics/read-sheets";

const REQUIRED = ["safety", "transport", "construction", "tax", "finance"]
  .map((department) => `${department}Tallies { scheme asOf rows { of counts } }`)
  .join(" ");
const REQUIRES_TALLIES = `@requires(fields: "${REQUIRED}")`;

function findPack(scheme: string, asOf: string, { registry }: JointContext): Pack {
  const pack = registry.find(scheme, asOf);
  if (!pack) throw new HubError("BAD_USER_INPUT", "scheme: there is no such scheme.");
  return pack;
}

function compute(asked: Statistics, context: JointContext): ComputedFigures {
  const pack = findPack(asked.scheme, asked.asOf, context);
  const sheets = readSheets(
    {
      SAFETY: asked.safetyTallies,
      TRANSPORT: asked.transportTallies,
      CONSTRUCTION: asked.constructionTallies,
      TAX: asked.taxTallies,
      FINANCE: asked.financeTallies,
    },
    asked,
  );
  const computed = computeFigures(sheets, pack, asked.asOf);
  return withExpiringEntries(computed, sheets, { pack, asOf: asked.asOf });
}

@Resolver(() => Statistics)
export class StatisticsResolver {
  @Query(() => Statistics, {
    description: "Figures about all enterprises of the hub under a scheme, counted where the facts are kept.",
  })
  statistics(
    @Ctx() context: JointContext,
    @Arg("scheme", () => ID, { description: "The scheme whose targets and quotas apply." }) scheme: string,
    @Arg("asOf", () => LocalDateScalar, {
      nullable: true,
      description: "The day asked about; today in Shanghai unless given.",
    })
    asOf: string | null = null,
    @Arg("knownAt", () => DateTimeScalar, {
      nullable: true,
      description: "Only what had been recorded by then is counted; everything recorded by now unless given.",
    })
    knownAt: string | null = null,
  ): Statistics {
    const time = readAskedTime(asOf, knownAt, new Date());
    findPack(scheme, time.asOf, context);
    return Object.assign(new Statistics(), { scheme, ...time });
  }

  @Directive(REQUIRES_TALLIES)
  @FieldResolver(() => [Figure], {
    description:
      "The figures that can be told. What a silent department would have to tell is not among them.",
  })
  figures(@Root() asked: Statistics, @Ctx() context: JointContext): ComputedFigures["figures"] {
    return compute(asked, context).figures;
  }

  @Directive(REQUIRES_TALLIES)
  @FieldResolver(() => [MissingFigures], {
    description: "The departments that could not be asked; empty when the figures are whole.",
  })
  missing(@Root() asked: Statistics, @Ctx() context: JointContext): ComputedFigures["missing"] {
    return compute(asked, context).missing;
  }
}
