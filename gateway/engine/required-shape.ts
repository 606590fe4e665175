/**
 * The shape of what a plan requires for a representation: which fields, from where, and which of them may be null.
 * Compiled from the plan's `requires` once per runtime type; the values themselves are picked by representations.ts.
 */
import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import { Kind, type TypeNode } from "graphql";
import { exactLeaf, exactList, exactObject, exactOrNull, type Exact } from "./exact-answer";
import { leafOf, type Leaf } from "./leaf";
import type { SelectionTree } from "./selection-tree";
import type { SupergraphTypes } from "./supergraph-types";

/** A value with its wrappers: exactly one of `list`, `leaf` and `object` is there. */
export interface RequiredValue {
  readonly nullable: boolean;
  readonly list?: RequiredValue;
  readonly leaf?: Leaf;
  readonly object?: RequiredObject;
}

/** A field of a representation. */
export interface RequiredField {
  /** The response key under which the answer so far holds it. */
  readonly source: string;
  /** Its name in the representation. */
  readonly name: string;
  readonly value: RequiredValue;
}

/** Gives the fields of an object by its runtime type. */
export interface RequiredObject {
  /** The type of objects that say none. */
  readonly declaredType: string;
  /** Whether `__typename` is to be written. */
  readonly saysType: boolean;
  readonly fieldsOf: (typeName: string) => readonly RequiredField[];
}

/**
 * Whether a value is exactly what is required: every field there and of its type, nothing else in it. Then it can be sent
 * as it is; that is what a well subgraph's evidence nearly always is.
 */
export function isExact(shape: RequiredValue, value: unknown): boolean {
  if (value === null) return shape.nullable;
  if (shape.leaf) return shape.leaf.isExact(value);
  if (typeof value !== "object") return false;
  if (shape.list) {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!isExact(shape.list, item)) return false;
    return true;
  }
  return shape.object !== undefined && !Array.isArray(value) && isExactObject(shape.object, value);
}

function isExactObject({ saysType, declaredType, fieldsOf }: RequiredObject, value: object): boolean {
  if (saysType) return false;
  const fields = fieldsOf(declaredType);
  for (const { source, name, value: shape } of fields) {
    const inner = (value as Readonly<Record<string, unknown>>)[source];
    if (inner === undefined || source !== name || !isExact(shape, inner)) return false;
  }
  return Object.keys(value).length === fields.length;
}

/** What is required, in the order in which `brought` brings it; undefined where it is not all of that, or renamed. */
export function exactRequired(shape: RequiredValue, brought: SelectionTree | undefined): Exact | undefined {
  const exact = exactPresent(shape, brought);
  return shape.nullable ? exactOrNull(exact) : exact;
}

function exactPresent(
  { leaf, list, object }: RequiredValue,
  brought: SelectionTree | undefined,
): Exact | undefined {
  if (leaf) return brought ? undefined : exactLeaf(leaf);
  if (list) return exactList(exactRequired(list, brought));
  if (!object || object.saysType || !brought) return undefined;
  const fields = object.fieldsOf(object.declaredType);
  if (fields.length !== brought.size) return undefined;
  return exactObject(
    [...brought].map(([key, { children }]) => {
      const field = fields.find(({ name, source }) => name === key && source === key);
      return { key, exact: field && exactRequired(field.value, children) };
    }),
  );
}

/** Compiles a selection on objects of a declared type. */
export function compileRequired(
  selections: readonly RequiresSelection[],
  declaredType: string,
  types: SupergraphTypes,
): RequiredObject {
  const byType = new Map<string, readonly RequiredField[]>();
  const fieldsOf = (typeName: string) => {
    let fields = byType.get(typeName);
    if (!fields) {
      const collected = new Map<string, CollectedField>();
      collectFields(selections, { typeName, types, collected });
      fields = [...collected.values()].map((field) => toRequired(field, typeName, types));
      byType.set(typeName, fields);
    }
    return fields;
  };
  const saysType =
    types.isAbstract(declaredType) ||
    selections.some((selection) => selection.kind === "Field" && selection.name === "__typename");
  return { declaredType, saysType, fieldsOf };
}

interface CollectedField {
  readonly source: string;
  readonly name: string;
  readonly selections: RequiresSelection[];
}

interface Collecting {
  readonly typeName: string;
  readonly types: SupergraphTypes;
  readonly collected: Map<string, CollectedField>;
}

function collectFields(selections: readonly RequiresSelection[], to: Collecting): void {
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      if (mayBe(to.typeName, selection.typeCondition, to.types)) collectFields(selection.selections, to);
    } else if (selection.kind === "Field" && selection.name !== "__typename") {
      const name = selection.alias ?? selection.name;
      const present = to.collected.get(name);
      if (present) present.selections.push(...(selection.selections ?? []));
      else
        to.collected.set(name, {
          source: selection.name,
          name,
          selections: [...(selection.selections ?? [])],
        });
    }
  }
}

/** An object known by its interface only (an interface object) meets the conditions of the interface's types. */
function mayBe(typeName: string, condition: string, types: SupergraphTypes): boolean {
  return types.isOfType(typeName, condition) || types.isOfType(condition, typeName);
}

function toRequired(field: CollectedField, typeName: string, types: SupergraphTypes): RequiredField {
  const type = types.fieldType(typeName, field.name);
  return { source: field.source, name: field.name, value: toValue(type, field.selections, types) };
}

function toValue(
  type: TypeNode | undefined,
  selections: readonly RequiresSelection[],
  types: SupergraphTypes,
): RequiredValue {
  if (type?.kind === Kind.NON_NULL_TYPE) return { ...toValue(type.type, selections, types), nullable: false };
  if (type?.kind === Kind.LIST_TYPE) return { nullable: true, list: toValue(type.type, selections, types) };
  const typeName = type?.name.value ?? "";
  if (selections.length === 0) return { nullable: true, leaf: leafOf(typeName, types) };
  return { nullable: true, object: compileRequired(selections, typeName, types) };
}
