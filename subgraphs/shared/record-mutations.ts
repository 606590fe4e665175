/** The mutations of a department: one for each fact type, and the withdrawal. Generated from its fact classes. */
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  ID,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { CreditCodeScalar, DateTimeScalar } from "../../schema/scalars";
import { HubError } from "../../schema/errors";
import { type FactDepartment, type FactType, factTypesOf, findFactType } from "../../schema/fact-catalogue";
import type { DepartmentContext } from "./department";
import type { Fact } from "./fact";
import { type FactClass, factTypeOf } from "./fact-class";
import { inputTypeOf } from "./fact-input";
import { factJsonSql, quoteTable } from "./fact-table";
import { inTurn } from "./in-turn";
import { recordFacts } from "./record-facts";
import { type FactInput } from "./validate-fact";
import { type Withdrawal, withdrawFact } from "./withdraw-fact";

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "A fact that was taken back." })
class FactWithdrawal implements Withdrawal {
  @Field(() => ID, { description: "The version that says so." })
  readonly id!: string;

  @Field(() => ID, { description: "The version that was withdrawn; it stays on record." })
  readonly withdrawn!: string;

  @Field(() => String, { description: "Its fact type." })
  readonly type!: string;

  @Field(() => CreditCodeScalar, { description: "The enterprise that the fact is about." })
  readonly creditCode!: string;

  @Field(() => DateTimeScalar, { description: "When the withdrawal was recorded." })
  readonly withdrawnAt!: string;

  @Field(() => String, { description: "Why it was withdrawn." })
  readonly reason!: string;
}

const titleCase = (word: string): string => word[0] + word.slice(1).toLowerCase();

/** `recordAccident`; for a type that several departments record, `recordSafetyListEntry`. */
export function mutationNameOf(department: FactDepartment, type: FactType): string {
  return `record${type.departments.length > 1 ? titleCase(department) : ""}${type.name}`;
}

async function recordOne(
  type: FactType,
  input: FactInput,
  { pool, keeper, ask, admitSteps }: DepartmentContext,
): Promise<Fact> {
  const record = () =>
    recordFacts(
      pool,
      { keeper, rows: [{ ...input, type: type.name }] },
      { mayMigrateHistory: false, isReplay: false, admitSteps },
    );
  // Of two steps over one enterprise that come at once, the second is judged on top of the first.
  const isStep = type.name === "ProcedureStep";
  const turn = `${keeper.department} ${String(input["creditCode"])}`;
  const [outcome] = await (isStep ? inTurn(turn, record) : record());
  if (outcome!.outcome === "rejected") throw new HubError(outcome!.code, outcome!.reason);
  const { rows } = await ask(() =>
    pool.query(
      `SELECT ${factJsonSql(type)} AS fact FROM ${quoteTable(type)} f WHERE f.credit_code = $1 AND f.id = $2`,
      [input["creditCode"], outcome!.id],
    ),
  );
  return rows[0].fact as Fact;
}

function createRecordingResolver(department: FactDepartment, factClass: FactClass): new () => object {
  const type = factTypeOf(factClass);
  const inputType = inputTypeOf(factClass);
  const name = mutationNameOf(department, type);
  const description = `Records one ${type.name}. The same content again changes nothing; other content under the same document number is a CONFLICT unless it is marked as a correction.`;
  @Resolver()
  class RecordingResolver {
    @Mutation(() => factClass, { name, description })
    record(
      @Arg("input", () => inputType, { description: "The fact." }) input: FactInput,
      @Ctx() context: DepartmentContext,
    ): Promise<Fact> {
      return recordOne(type, input, context);
    }
  }
  return RecordingResolver;
}

function createWithdrawalResolver(department: FactDepartment): new () => object {
  const types = factTypesOf(department).map(({ name }) => name);
  const title = titleCase(department);
  const typeEnum = Object.fromEntries(types.map((name) => [name, name]));
  registerEnumType(typeEnum, {
    name: `${title}FactType`,
    description: `The fact types of the ${department.toLowerCase()} department.`,
    valuesConfig: Object.fromEntries(types.map((name) => [name, { description: `${name} facts.` }])),
  });
  @ArgsType()
  class WithdrawalArguments {
    @Field(() => typeEnum, { description: "Its fact type." })
    readonly type!: string;

    @Field(() => ID, { description: "The latest version of the fact." })
    readonly id!: string;

    @Field(() => String, { description: "Why it is taken back; shown with the fact." })
    readonly reason!: string;
  }
  @Resolver()
  class WithdrawalResolver {
    @Mutation(() => FactWithdrawal, {
      name: `withdraw${title}Fact`,
      description: "Takes a fact back. It stays on record as withdrawn, and counts for nothing from now on.",
    })
    withdraw(
      @Args(() => WithdrawalArguments) { type, id, reason }: WithdrawalArguments,
      @Ctx() { pool }: DepartmentContext,
    ): Promise<Withdrawal> {
      return withdrawFact(pool, { type: findFactType(type)!, id, reason });
    }
  }
  return WithdrawalResolver;
}

/** The resolver classes of a department's mutations. */
export function createRecordingResolvers(
  department: FactDepartment,
  facts: readonly FactClass[],
): readonly (new () => object)[] {
  return [
    ...facts.map((factClass) => createRecordingResolver(department, factClass)),
    createWithdrawalResolver(department),
  ];
}
