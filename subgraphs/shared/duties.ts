/**
 * A department's part in lists of duties: whom it has on record over whom something may be due. What is due, and since when, the
 * joint conference judges; nobody's facts leave the department for it but as evidence.
 */
import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import type { FactDepartment } from "../../schema/fact-catalogue";
import { DateTimeScalar, JsonScalar, LocalDateScalar } from "../../schema/scalars";
import { toInstant, toLocalDate } from "../../schema/values";
import type { DepartmentContext } from "./department";
import { type DutiesKey, readDutyQuestion } from "./duty-question";
import type { EnterpriseKey } from "./enterprise-key";
import { findDutyCases, findMissingReports, type MissingReports } from "./find-duty-cases";
import type { EntityType } from "./subgraph-schema";

/** More than this nobody could act on, and nobody would be answered in time. */
const CASES_MAX = 2_000;

/** The canonical key of a representation; HubError BAD_USER_INPUT for one that is none. */
export function parseDutiesKey(representation: Readonly<Record<string, unknown>>): DutiesKey {
  const { question, asOf, knownAt } = representation;
  return {
    question: String(question),
    asOf: toLocalDate(asOf),
    knownAt: knownAt === null || knownAt === undefined ? null : toInstant(knownAt),
  };
}

interface Cases {
  readonly question: string;
  readonly isWhole: boolean;
  readonly enterprises: readonly EnterpriseKey[];
  readonly missingReports: readonly MissingReports[];
}

async function lookUp(
  key: DutiesKey,
  { pool, ask }: DepartmentContext,
  keepsRegister: boolean,
): Promise<Cases> {
  const { asOf, knownAt } = key;
  const question = readDutyQuestion(key.question);
  const reports = keepsRegister ? question.reports.filter(({ first }) => first > 0) : [];
  const [creditCodes, missingReports] = await ask(() =>
    Promise.all([
      findDutyCases(pool, question, { asOf, knownAt, max: CASES_MAX + 1 }),
      Promise.all(reports.map((report) => findMissingReports(pool, report, key))),
    ]),
  );
  const isWhole = creditCodes.length <= CASES_MAX;
  const told = isWhole ? creditCodes : [];
  const enterprises = told.map((creditCode) => ({ creditCode, asOf, knownAt }));
  return { question: key.question, isWhole, enterprises, missingReports };
}

/** The type of what a department lends to lists of duties, over a subgraph's own class of enterprises. */
export function defineDutyCases(enterprise: new () => object): new () => object {
  @Directive("@shareable")
  @Directive("@inaccessible")
  @ObjectType({
    simpleResolvers: true,
    description: "Over whom something may be due, as a department tells it.",
  })
  class DutyCases {
    @Field(() => String, { description: "The question that was asked." })
    readonly question!: string;

    @Field(() => Boolean, { description: "False: there are too many to tell, and none is told." })
    readonly isWhole!: boolean;

    @Field(() => [enterprise], { description: "The enterprises." })
    readonly enterprises!: readonly EnterpriseKey[];

    @Field(() => JsonScalar, { description: "By report, the codes of those who have not handed it in." })
    readonly missingReports!: readonly MissingReports[];
  }
  return DutyCases;
}

/**
 * A department's part: the entity and the resolver of its lent field. `keepsRegister`: it registers the enterprises, and is asked
 * who has not handed in a report.
 */
export function defineDuties(
  department: FactDepartment,
  enterprise: EntityType,
  { keepsRegister }: { readonly keepsRegister: boolean },
): { readonly entity: EntityType; readonly resolver: new () => object } {
  const name = department.toLowerCase();
  const dutyCases = defineDutyCases(enterprise.type);

  @Directive('@key(fields: "question asOf knownAt")')
  @ObjectType({ simpleResolvers: true, description: "What is due as things stood on a day." })
  class Duties implements DutiesKey {
    @Directive("@inaccessible")
    @Field(() => String, { description: "What the departments are asked." })
    readonly question!: string;

    @Field(() => LocalDateScalar, { description: "The day asked about." })
    readonly asOf!: string;

    @Field(() => DateTimeScalar, {
      nullable: true,
      description: "What had been recorded by then is taken into account; null: by now.",
    })
    readonly knownAt!: string | null;
  }

  @Resolver(() => Duties)
  class DutiesResolver {
    @Directive("@inaccessible")
    @FieldResolver(() => dutyCases, {
      name: `${name}Cases`,
      nullable: true,
      description: "Over whom the department may have to act. Null means that it could not be asked.",
    })
    cases(@Root() key: Duties, @Ctx() context: DepartmentContext): Promise<Cases> {
      return lookUp(key, context, keepsRegister);
    }
  }
  const resolveReference = async (representation: Readonly<Record<string, unknown>>) =>
    Object.assign(new Duties(), parseDutiesKey(representation));
  return { entity: { type: Duties, resolveReference }, resolver: DutiesResolver };
}
