/**
 * The two decorators of a fact class. The fact catalogue says what a field is (kind, required, values); the class says
 * in the officer's words what it means. From both come the GraphQL field and the column.
 */
import type { GraphQLScalarType } from "graphql";
import { Directive, Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, type ColumnOptions, Entity, Index } from "typeorm";
import { type FactField, type FactType, type FieldKind, findFactType } from "../../schema/fact-catalogue";
import { LocalDateScalar, MoneyScalar, RateScalar } from "../../schema/scalars";
import type { Fact } from "./fact";
import { toSnakeCase } from "./fact-table";

/** A class that describes one fact type. */
export type FactClass = (new () => Fact) & { readonly name: string };

/** One own field of a fact class: what the catalogue says, how the graph types it, what it means. */
export interface OwnField {
  readonly field: FactField;
  readonly graphType: () => GraphType;
  readonly description: string;
}

type GraphType = typeof String | typeof Boolean | GraphQLScalarType | object | readonly [GraphQLScalarType];

const ownFieldsByClass = new Map<unknown, OwnField[]>();

const GRAPH_TYPES: Readonly<Record<Exclude<FieldKind, "ENUM">, GraphType>> = {
  STRING: String,
  INTEGER: Int,
  TENTHS: Float,
  RATE: RateScalar,
  MONEY: MoneyScalar,
  DATE: LocalDateScalar,
  BOOLEAN: Boolean,
  INTEGERS: [Int],
};

const COLUMNS: Readonly<Record<FieldKind, ColumnOptions>> = {
  STRING: { type: "text" },
  ENUM: { type: "text" },
  INTEGER: { type: "integer" },
  TENTHS: { type: "numeric", precision: 8, scale: 1 },
  RATE: { type: "numeric", precision: 7, scale: 4 },
  MONEY: { type: "numeric", precision: 17, scale: 2 },
  DATE: { type: "date" },
  BOOLEAN: { type: "boolean" },
  INTEGERS: { type: "integer", array: true },
};

function catalogueType(className: string): FactType {
  const type = findFactType(className);
  if (!type) throw new Error(`${className} is not in the fact catalogue`);
  return type;
}

/** The fact type of a class, by its name in the catalogue. */
export function factTypeOf(factClass: FactClass): FactType {
  return catalogueType(factClass.name);
}

/** The own fields of a fact class, in the order of the class. */
export function ownFieldsOf(factClass: FactClass): readonly OwnField[] {
  return ownFieldsByClass.get(factClass) ?? [];
}

function toEnum(typeName: string, field: FactField, meanings: Readonly<Record<string, string>>): object {
  const values = Object.fromEntries(field.values!.map((value) => [value, value]));
  const name = typeName + field.name[0]!.toUpperCase() + field.name.slice(1);
  const valuesConfig = Object.fromEntries(
    field.values!.map((value) => {
      if (!meanings[value]) throw new Error(`${name}.${value} has no description`);
      return [value, { description: meanings[value] }];
    }),
  );
  registerEnumType(values, { name, description: `Values of ${typeName}.${field.name}.`, valuesConfig });
  return values;
}

/**
 * A field of the fact type's own: `description` for the officer who reads the graph, and for an ENUM what each value
 * means. A field that the catalogue does not know, or a value without a meaning, stops the start.
 */
export function Own(description: string, meanings: Readonly<Record<string, string>> = {}): PropertyDecorator {
  return (prototype, property) => {
    const type = catalogueType(prototype.constructor.name);
    const field = type.fields.find(({ name }) => name === property);
    if (!field) throw new Error(`${type.name}.${String(property)} is not in the fact catalogue`);
    const graphType = field.kind === "ENUM" ? toEnum(type.name, field, meanings) : GRAPH_TYPES[field.kind];
    const ownField: OwnField = { field, graphType: () => graphType, description };
    const fields = ownFieldsByClass.get(prototype.constructor) ?? [];
    ownFieldsByClass.set(prototype.constructor, [...fields, ownField]);
    Field(graphType === String ? () => String : () => graphType as typeof String, {
      nullable: !field.required,
      description,
    })(prototype, property);
    Column({ ...COLUMNS[field.kind], name: toSnakeCase(field.name), nullable: !field.required })(
      prototype,
      property as string,
    );
  };
}

/**
 * A fact type: GraphQL object type and table in one, named by the catalogue. A type that several departments record is
 * `@shareable`, and must be the same in each of them.
 */
export function FactEntity(description: string): ClassDecorator {
  return (target) => {
    const table = toSnakeCase(target.name);
    if (catalogueType(target.name).departments.length > 1) Directive("@shareable")(target);
    ObjectType({ description, simpleResolvers: true })(target);
    Entity(table)(target);
    Index(`${table}_current`, ["creditCode", "documentNumber"], {
      unique: true,
      where: "superseded_at IS NULL",
    })(target);
    // Ids follow the order of writing, so a block range index finds one without weighing on every import.
    Index(`${table}_id`, ["id"], { type: "brin" })(target);
  };
}
