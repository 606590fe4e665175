/** A department's branches as TypeORM's introduction teaches them: `repository.find` for each table, the rest in code. */
import type { GraphQLResolveInfo } from "graphql";
import { IsNull, type DataSource } from "typeorm";
import { factTypesOf, type FactField, type FactType } from "../../../schema/fact-catalogue";
import type { DepartmentDefinition } from "../../../subgraphs/shared/department";
import type { EnterpriseKey } from "../../../subgraphs/shared/enterprise-key";
import type { Fact } from "../../../subgraphs/shared/fact";
import { selectedFields } from "../../../subgraphs/shared/selected-fields";

type FactRow = Fact & Readonly<Record<string, unknown>>;

/** The two branches, for a caller who asks as of what is recorded by now. */
export interface PlainBranches {
  loadRecord(key: EnterpriseKey, info: GraphQLResolveInfo): Promise<object>;
  loadEvidence(key: EnterpriseKey): Promise<object>;
}

/** Creates them over a department's tables. */
export function findFacts(source: DataSource, { department, facts }: DepartmentDefinition): PlainBranches {
  const types = factTypesOf(department).map((type) => ({
    type,
    repository: source.getRepository<FactRow>(facts.find(({ name }) => name === type.name)!),
  }));

  async function find({ type, repository }: (typeof types)[number], key: EnterpriseKey): Promise<FactRow[]> {
    const { creditCode, asOf } = key;
    const rows = await repository.find({ where: { creditCode, supersededAt: IsNull() } as never });
    return rows.filter((row) => (happenedOn(row, type) ?? asOf) <= asOf);
  }

  return {
    async loadRecord(key, info) {
      const selected = selectedFields(info);
      const wanted = types.filter(({ type }) => selected.has(type.recordField));
      const lists = await Promise.all(wanted.map((each) => find(each, key)));
      return Object.fromEntries(
        wanted.map(({ type }, index) => {
          const rows = lists[index]!.filter((row) => holdsOn(row, key.asOf)).sort(latestFirst(type));
          return [type.recordField, type.singular ? (rows[0] ?? null) : rows];
        }),
      );
    },
    async loadEvidence(key) {
      const lists = await Promise.all(types.map((each) => find(each, key)));
      const lent = types.flatMap(({ type }, index) => lists[index]!.map((row) => toLent(row, type)));
      const status = lent.length > 0 ? "ON_RECORD" : "NONE_ON_RECORD";
      return {
        status,
        creditCode: key.creditCode,
        facts: lent.sort((one, other) => (one.id < other.id ? -1 : 1)),
      };
    },
  };
}

function happenedOn(row: FactRow, type: FactType): string | null {
  return row.occurredOn ?? ((type.happenedOn ? row[type.happenedOn] : null) as string | null);
}

function holdsOn(row: FactRow, day: string): boolean {
  return (row.validFrom ?? day) <= day && (row.validUntil === null || day < row.validUntil);
}

function latestFirst(type: FactType): (one: FactRow, other: FactRow) => number {
  const placeOf = (row: FactRow) => `${happenedOn(row, type) ?? row.validFrom ?? ""} ${row.id}`;
  return (one, other) => (placeOf(one) < placeOf(other) ? 1 : -1);
}

function toLent(row: FactRow, type: FactType) {
  const { id, occurredOn, validFrom, validUntil, status } = row;
  const documentNumber = row.documentNumber === "" ? null : row.documentNumber;
  const values = Object.fromEntries(
    type.fields.map((field) => [field.name, toLentValue(row[field.name], field)]),
  );
  return { id, type: type.name, documentNumber, occurredOn, validFrom, validUntil, status, values };
}

/** PostgreSQL's numerics reach TypeORM as texts with all their places. */
function toLentValue(value: unknown, { kind }: FactField): unknown {
  if (value === null || value === undefined) return null;
  if (kind === "TENTHS") return Number(value);
  return kind === "RATE" ? String(Number(value)) : value;
}
