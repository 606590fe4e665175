/** `Query.duties`: departments tell over whom something may be due, the joint conference says what is due, and by when. */
import {
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { HubError } from "../../schema/errors";
import { DateTimeScalar, LocalDateScalar } from "../../schema/scalars";
import { PageInfo } from "../shared/page-info";
import { readAskedTime } from "./asked-time";
import type { JointContext } from "./context";
import { type DutyPage, listDuties, type PlacedDuty } from "./duties/list-duties";
import { askDuties, type AskedDuties, type FullQuestion } from "./duties/question";
import { readCases, REQUIRES_CASES } from "./duties/read-cases";
import { Enterprise } from "./enterprise";
import { Duties, DutyEdge, MissingDuties } from "./graph/duties";
import { DepartmentEnum } from "./graph/enums";
import type { Pack } from "./policy/pack/pack";
import { packsInForce } from "./policy/pack/fitting";

const DUTIES_MAX = 1_000;
const DUTIES_DEFAULT = 50;

const nullable = (description: string) => ({ nullable: true, description });

@ArgsType()
class DutyArguments {
  @Field(() => DepartmentEnum, nullable("Whose duties; of all departments unless given."))
  readonly department!: keyof typeof DepartmentEnum | null;

  @Field(() => LocalDateScalar, nullable("The day asked about; today in Shanghai unless given."))
  readonly on!: string | null;

  @Field(
    () => DateTimeScalar,
    nullable(
      "Only what had been recorded by then is taken into account; everything recorded by now unless given.",
    ),
  )
  readonly knownAt!: string | null;

  @Field(
    () => ID,
    nullable("The scheme under which it is due; any that is in force on the day unless given."),
  )
  readonly scheme!: string | null;

  @Field(() => Int, { defaultValue: DUTIES_DEFAULT, description: "Duties a page, at most 1,000." })
  readonly first!: number;

  @Field(() => String, nullable("Cursor to go on from."))
  readonly after!: string | null;
}

const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

function packsFor(
  { scheme }: Pick<AskedDuties, "scheme">,
  asOf: string,
  { registry }: JointContext,
): readonly Pack[] {
  const packs = packsInForce(registry, asOf).filter((pack) => scheme === null || pack.scheme.id === scheme);
  if (packs.length === 0 && scheme !== null)
    throw new HubError(
      "NOT_FOUND",
      "scheme: no such scheme is in force on the day; Query.schemes lists them.",
    );
  return packs;
}

function makePage(duties: Duties, context: JointContext): DutyPage {
  const { question, asOf } = duties;
  const { asked } = JSON.parse(question) as FullQuestion;
  const cases = readCases(
    {
      SAFETY: duties.safetyCases,
      TRANSPORT: duties.transportCases,
      CONSTRUCTION: duties.constructionCases,
      TAX: duties.taxCases,
    },
    duties,
  );
  return listDuties(cases, { asked, asOf, packs: packsFor(asked, asOf, context) });
}

const pageOf = (duties: Duties, context: JointContext): DutyPage =>
  (duties.page ??= makePage(duties, context));

function toEdge({ place, duty }: PlacedDuty, { asOf, knownAt }: Duties): DutyEdge {
  const { creditCode, ...told } = duty;
  const enterprise =
    creditCode === null ? null : Object.assign(new Enterprise(), { creditCode, asOf, knownAt });
  const isOverdue = duty.dueOn !== null && duty.dueOn < asOf;
  return { cursor: toCursor(place), node: { ...told, enterprise, isOverdue } };
}

@Resolver(() => Duties)
export class DutiesResolver {
  @Query(() => Duties, {
    description:
      "What is due on a day: the next steps of procedures under way, the monthly report and what it must carry, entries whose window of removal is open or whose renewal is due, reports that enterprises have not handed in. Grounds on which nobody has acted yet are found by a screening.",
  })
  duties(
    @Ctx() context: JointContext,
    @Args(() => DutyArguments)
    { department = null, on = null, knownAt = null, scheme = null, first, after = null }: DutyArguments,
  ): Duties {
    if (first < 1 || first > DUTIES_MAX)
      throw new HubError("LIMIT_EXCEEDED", `first: from 1 to ${DUTIES_MAX} duties make a page.`);
    const time = readAskedTime(on, knownAt, new Date());
    const place = after === null ? null : Buffer.from(after, "base64url").toString();
    const asked: AskedDuties = { department, scheme, first, after: place };
    const packs = packsFor(asked, time.asOf, context);
    const question = JSON.stringify(askDuties(asked, packs, time.asOf));
    return Object.assign(new Duties(), { question, ...time });
  }

  @Directive(REQUIRES_CASES)
  @FieldResolver(() => [DutyEdge], {
    description: "The duties, those that are due first in front; those without a day behind.",
  })
  edges(@Root() duties: Duties, @Ctx() context: JointContext): readonly DutyEdge[] {
    return pageOf(duties, context).duties.map((one) => toEdge(one, duties));
  }

  @Directive(REQUIRES_CASES)
  @FieldResolver(() => PageInfo, { description: "Whether there are more." })
  pageInfo(@Root() duties: Duties, @Ctx() context: JointContext): PageInfo {
    const { duties: told, hasMore } = pageOf(duties, context);
    const last = told.at(-1);
    return { hasNextPage: hasMore, endCursor: last ? toCursor(last.place) : null };
  }

  @Directive(REQUIRES_CASES)
  @FieldResolver(() => [MissingDuties], {
    description: "The departments that could not be asked; empty when the list is whole.",
  })
  missing(@Root() duties: Duties, @Ctx() context: JointContext): readonly MissingDuties[] {
    return pageOf(duties, context).missing;
  }
}
