/** Statistics in the graph: the entity on which departments hang their counts, and the figures made of these. */
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, LocalDateScalar } from "../../../schema/scalars";
import { parseStatisticsKey, type StatisticsKey, TallySheet } from "../../shared/tallies";
import type { Figure as FigureData, FigureGroup as FigureGroupData } from "../statistics/figure";
import { DepartmentEnum } from "./enums";

const FigureUnit = { PERCENT: "PERCENT", ENTERPRISES: "ENTERPRISES", ENTRIES: "ENTRIES" } as const;
registerEnumType(FigureUnit, {
  name: "FigureUnit",
  description: "What the value of a figure counts.",
  valuesConfig: {
    PERCENT: { description: "Per cent, rounded half up to one decimal." },
    ENTERPRISES: { description: "Enterprises." },
    ENTRIES: { description: "Acts or entries; an enterprise may have several." },
  },
});

const nullable = (description: string) => ({ nullable: true, description });
const lentBy = (department: string) => nullable(`What ${department} lends to statistics.`);

@ObjectType({
  simpleResolvers: true,
  description: "What the enterprises of a figure have in common. What is null was not asked for.",
})
export class FigureGroup {
  @Field(() => String, nullable("Their industry."))
  readonly industry?: string | null;

  @Field(() => String, nullable("The sector in which they are supervised."))
  readonly sector?: string | null;

  @Field(() => String, nullable("What they maintain."))
  readonly kind?: string | null;

  @Field(() => Int, nullable("The level that was attained; it is the share that has it."))
  readonly level?: number | null;

  @Field(() => Boolean, nullable("True: those above the size from which statistics count them."))
  readonly aboveDesignatedSize?: boolean | null;

  @Field(() => Boolean, nullable("True: the scheme's key industries together."))
  readonly keyIndustries?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: "One figure of a statistic." })
export class Figure {
  @Field(() => String, { description: "Its name: attainedShare, lookBackMinimum and so on." })
  readonly name!: string;

  @Field(() => FigureGroup, nullable("Which enterprises it is about; null: all."))
  readonly of!: FigureGroupData | null;

  @Field(() => Int, { description: "How many it is about." })
  readonly base!: number;

  @Field(() => String, { description: "Its value as a decimal number." })
  readonly value!: string;

  @Field(() => FigureUnit, { description: "What the value counts." })
  readonly unit!: FigureData["unit"];

  @Field(() => String, nullable("What the scheme wants it to be at least; null: it sets nothing."))
  readonly target!: string | null;

  @Field(() => Boolean, nullable("Whether the target is reached, by the exact ratio."))
  readonly met!: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: "A department that could not be asked." })
export class MissingFigures {
  @Field(() => DepartmentEnum, { description: "The department." })
  readonly department!: string;

  @Field(() => [String], {
    description: "The figures that lack it: they are not told, or only for what other departments keep.",
  })
  readonly figures!: readonly string[];
}

@Directive('@key(fields: "scheme asOf knownAt")')
@ObjectType({
  simpleResolvers: true,
  description: "Figures about many enterprises as things stood on a day.",
})
export class Statistics implements StatisticsKey {
  @Field(() => ID, { description: "The scheme." })
  readonly scheme!: string;

  @Field(() => LocalDateScalar, { description: "The day asked about." })
  readonly asOf!: string;

  @Field(() => DateTimeScalar, nullable("What had been recorded by then is counted; null: by now."))
  readonly knownAt!: string | null;

  @Directive("@external")
  @Field(() => TallySheet, lentBy("emergency management"))
  readonly safetyTallies?: unknown;

  @Directive("@external")
  @Field(() => TallySheet, lentBy("transport"))
  readonly transportTallies?: unknown;

  @Directive("@external")
  @Field(() => TallySheet, lentBy("housing and construction"))
  readonly constructionTallies?: unknown;

  @Directive("@external")
  @Field(() => TallySheet, lentBy("finance and tax"))
  readonly taxTallies?: unknown;

  @Directive("@external")
  @Field(() => TallySheet, lentBy("financial supervision"))
  readonly financeTallies?: unknown;
}

/** The statistics of a representation. The key is checked here; what was lent is not believed yet. */
export const statistics = {
  type: Statistics,
  resolveReference: async (reference: Readonly<Record<string, unknown>>): Promise<Statistics> =>
    Object.assign(new Statistics(), parseStatisticsKey(reference), {
      safetyTallies: reference["safetyTallies"],
      transportTallies: reference["transportTallies"],
      constructionTallies: reference["constructionTallies"],
      taxTallies: reference["taxTallies"],
      financeTallies: reference["financeTallies"],
    }),
};
