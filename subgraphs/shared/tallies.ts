/**
 * What a department tells about many enterprises at once: counts, made by its database and lent to `joint`, which turns
 * them into figures. Nobody's facts leave the department for a statistic.
 */
import type { Pool } from "pg";
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { HubError } from "../../schema/errors";
import type { FactDepartment } from "../../schema/fact-catalogue";
import { DateTimeScalar, JsonScalar, LocalDateScalar } from "../../schema/scalars";
import { toInstant, toLocalDate } from "../../schema/values";
import type { DepartmentContext } from "./department";
import { happenedFactsSql, knownFactsSql, requireFactType } from "./facts-on-a-day";
import { quoteTable } from "./fact-table";
import type { EntityType } from "./subgraph-schema";
import { type CountPopulation, createSlicedCounter, type SlicedCount } from "./tally-slices";

/** Counts of one group: `of` says what its members have in common, `counts` how many of them there are in which respect. */
@Directive("@shareable")
@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true, description: "Counts of one group, as they are lent to statistics." })
export class Tally {
  @Field(() => JsonScalar, { description: "What the members of the group have in common." })
  readonly of!: Readonly<Record<string, unknown>>;

  @Field(() => JsonScalar, { description: "How many there are, by what is counted." })
  readonly counts!: Readonly<Record<string, number>>;
}

/** Echoes what was asked, so that a swapped answer is recognised. */
@Directive("@shareable")
@Directive("@inaccessible")
@ObjectType({ simpleResolvers: true, description: "What a department lends to statistics." })
export class TallySheet {
  @Field(() => ID, { description: "The scheme that was asked about." })
  readonly scheme!: string;

  @Field(() => LocalDateScalar, { description: "The day that was asked about." })
  readonly asOf!: string;

  @Field(() => [Tally], { description: "The counts, a row for each group." })
  readonly rows!: readonly Tally[];
}

/** Which statistics: of a scheme, as things stood on `asOf`, as far as recorded at `knownAt` (null: by now). */
export interface StatisticsKey {
  readonly scheme: string;
  readonly asOf: string;
  readonly knownAt: string | null;
}

/** The canonical key of a representation; HubError BAD_USER_INPUT for one that is none. */
export function parseStatisticsKey(representation: Readonly<Record<string, unknown>>): StatisticsKey {
  const { scheme, asOf, knownAt } = representation;
  if (typeof scheme !== "string")
    throw new HubError("BAD_USER_INPUT", "scheme: the id of a scheme is given.");
  return {
    scheme,
    asOf: toLocalDate(asOf),
    knownAt: knownAt === null || knownAt === undefined ? null : toInstant(knownAt),
  };
}

// Of the credit codes from `$4` to before `$5`.
const IN_SLICE = "AND f.credit_code >= $4::text AND f.credit_code < $5::text";

/** The facts of `knownFactsSql` in the slice that is counted. */
export const knownInSliceSql = (typeName: string): string => `${knownFactsSql(typeName)} ${IN_SLICE}`;

/** The facts of `happenedFactsSql` in the slice that is counted. */
export const happenedInSliceSql = (typeName: string): string => `${happenedFactsSql(typeName)} ${IN_SLICE}`;

/** Orders facts `f` of one enterprise by time, the latest first. */
export const LATEST_FIRST =
  "coalesce(f.valid_from, f.occurred_on) DESC NULLS LAST, f.recorded_at DESC, f.id DESC";

/** A row `(of, counts)`: listings that were confirmed in the month of `$2`. */
export const LISTINGS_TALLY = `SELECT '{}'::jsonb, jsonb_build_object('listingsConfirmed', count(*))
  ${happenedInSliceSql("ProcedureStep")} AND f.procedure = 'LISTING' AND f.step = 'CONFIRMED'
    AND date_trunc('month', f."on") = date_trunc('month', $2::date)`;

/** A row `(of, counts)`: measures of `$1` that were carried out in the month of `$2`. */
export const EXECUTIONS_TALLY = `SELECT '{}'::jsonb, jsonb_build_object('measuresExecuted', count(*))
  ${happenedInSliceSql("MeasureExecution")} AND f.scheme = $1::text
    AND coalesce(f.outcome, 'CARRIED_OUT') = 'CARRIED_OUT'
    AND date_trunc('month', f.executed_on) = date_trunc('month', $2::date)`;

/** One row an enterprise that has a grade under `$1`: its latest, and whether it has had another. */
export const GRADES = `SELECT f.credit_code, (array_agg(f.grade ORDER BY ${LATEST_FIRST}))[1] AS grade,
    min(f.grade) <> max(f.grade) AS regraded
  ${happenedInSliceSql("GradeDetermination")} AND f.scheme = $1::text GROUP BY f.credit_code`;

/** Rows `(of, counts)` of the enterprises that a department graded. Whom it grades, the scheme says. */
export const GRADES_TALLY = `SELECT jsonb_build_object('grade', g.grade),
    jsonb_build_object('graded', count(*), 'regraded', count(*) FILTER (WHERE g.regraded))
  FROM (${GRADES}) g GROUP BY g.grade`;

/** What is counted together, in one statement for each slice. */
export interface TallyCount {
  /** SELECTs of two columns (`of`, `counts`, both jsonb) over `$1` scheme, `$2` day, `$3` moment of knowledge, and the slice. */
  readonly selects: readonly string[];
  readonly withClause?: string;
}

/** What a department counts. */
export interface TallyParts extends TallyCount {
  /** What is the same under every scheme: counted once a day and moment for all of them. `$1` is null in it. */
  readonly ofAnyScheme?: TallyCount;
  /** The fact type with most rows: by its credit codes the count is divided into slices. */
  readonly largestType: string;
}

const textOf = ({ selects, withClause = "" }: TallyCount): string =>
  `${withClause} SELECT t.of, t.counts FROM (${selects.join("\nUNION ALL\n")}) t(of, counts)`;

function countOverPools(sliced: SlicedCount): (pool: Pool) => CountPopulation {
  const counters = new WeakMap<Pool, CountPopulation>();
  return (pool) => {
    const count = counters.get(pool) ?? createSlicedCounter(pool, sliced);
    counters.set(pool, count);
    return count;
  };
}

type CountSheet = (pool: Pool, key: StatisticsKey) => Promise<TallySheet>;

function tallyOf(name: string, { ofAnyScheme, largestType, ...ofScheme }: TallyParts): CountSheet {
  const table = quoteTable(requireFactType(largestType));
  const countScheme = countOverPools({ name: `${name}-tally`, text: textOf(ofScheme), table });
  const anyText = ofAnyScheme && `${textOf(ofAnyScheme)} WHERE $1::text IS NULL`;
  const countAny = anyText && countOverPools({ name: `${name}-tally-any`, text: anyText, table });
  return async (pool, { scheme, asOf, knownAt }) => {
    const rows = await Promise.all([
      countScheme(pool)([scheme, asOf, knownAt]),
      countAny ? countAny(pool)([null, asOf, knownAt]) : [],
    ]);
    return { scheme, asOf, rows: rows.flat() };
  };
}

/** A department's part in `Statistics`: the entity and the resolver of its lent field. */
export function defineTallies(
  department: FactDepartment,
  parts: TallyParts,
): { readonly entity: EntityType; readonly resolver: new () => object } {
  const name = department.toLowerCase();
  const tally = tallyOf(name, parts);

  @Directive('@key(fields: "scheme asOf knownAt")')
  @ObjectType({
    simpleResolvers: true,
    description: "Figures about many enterprises as things stood on a day.",
  })
  class Statistics implements StatisticsKey {
    @Field(() => ID, { description: "The scheme." })
    readonly scheme!: string;

    @Field(() => LocalDateScalar, { description: "The day asked about." })
    readonly asOf!: string;

    @Field(() => DateTimeScalar, {
      nullable: true,
      description: "What had been recorded by then is counted; null: by now.",
    })
    readonly knownAt!: string | null;
  }

  @Resolver(() => Statistics)
  class StatisticsResolver {
    @Directive("@inaccessible")
    @FieldResolver(() => TallySheet, {
      name: `${name}Tallies`,
      nullable: true,
      description: "What the department lends to statistics. Null means that it could not be asked.",
    })
    tallies(@Root() key: Statistics, @Ctx() { pool, ask }: DepartmentContext): Promise<TallySheet> {
      return ask(() => tally(pool, key));
    }
  }
  const resolveReference = async (representation: Readonly<Record<string, unknown>>) =>
    Object.assign(new Statistics(), parseStatisticsKey(representation));
  return { entity: { type: Statistics, resolveReference }, resolver: StatisticsResolver };
}
