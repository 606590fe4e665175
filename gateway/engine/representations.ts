/**
 * Builds what `_entities` is asked with. A value that a subgraph requires and that is missing or malformed becomes null
 * where the schema allows null, and otherwise its parent does; when the entity itself would have to be null, or a part of
 * its key is not known, the entity is not asked at all. What is sent is never cut short and never holds an error.
 */
import type { EntityBatchAlias } from "@graphql-hive/router-query-planner";
import { compileRequired, isExact, type RequiredField, type RequiredValue } from "./required-shape";
import { isNulled, type JsonObject, type Run } from "./run";
import type { SupergraphTypes } from "./supergraph-types";
import { isVerbatim } from "./verbatim/verbatim";

/** Builds the representation of one object. */
export interface RepresentationBuilder {
  /** Undefined: the entity cannot be asked. Values that are exactly as required are in it as they are, not copied. */
  readonly build: (object: JsonObject, run: Run) => JsonObject | undefined;
  /** True when only keys are sent: equal keys then mean an equal representation. */
  readonly holdsOnlyKeys: boolean;
  /** The keys that an entity of the declared type is known by in the subgraph. */
  readonly keys: readonly string[];
  /** Type and keys of an object: equal for equal representations, and much shorter where evidence is sent along. */
  readonly identify: (object: JsonObject) => string;
}

/** The part of a fetch that says what represents an entity. */
export type RepresentationSource = Pick<EntityBatchAlias, "requires" | "inputRewrites">;

interface TypedShape {
  /** The type as the subgraph knows it. */
  readonly typeName: string;
  readonly fields: readonly RequiredField[];
  readonly keys: ReadonlySet<string>;
}

/** Compiles the builder of one fetch to one subgraph. */
export function compileRepresentation(
  source: RepresentationSource,
  subgraph: string,
  types: SupergraphTypes,
): RepresentationBuilder {
  const [first] = source.requires;
  const declaredType = first?.kind === "InlineFragment" ? first.typeCondition : "";
  const required = compileRequired(source.requires, declaredType, types);
  const shapes = new Map<string, TypedShape>();
  const shapeOf = (object: JsonObject): TypedShape | undefined => {
    const runtimeType = object["__typename"] ?? declaredType;
    if (typeof runtimeType !== "string") return undefined;
    let shape = shapes.get(runtimeType);
    if (!shape) {
      const typeName = rewriteType(runtimeType, source, types);
      const fields = required.fieldsOf(runtimeType);
      shape = { typeName, fields, keys: keysOf([runtimeType, typeName, declaredType], subgraph, types) };
      shapes.set(runtimeType, shape);
    }
    // Keyless means that no fragment is about this type: it is not asked of this subgraph.
    return shape.fields.length > 0 || source.requires.some(({ kind }) => kind === "Field")
      ? shape
      : undefined;
  };
  const keys = keysOf([declaredType], subgraph, types);
  return {
    build: (object, run) => pickRepresentation(shapeOf(object), object, run),
    keys: [...keys].sort(),
    holdsOnlyKeys: required.fieldsOf(declaredType).every(({ name }) => keys.has(name)),
    identify: (object) => identifyByKeys(shapeOf(object), object),
  };
}

function keysOf(typeNames: readonly string[], subgraph: string, types: SupergraphTypes): ReadonlySet<string> {
  return new Set(typeNames.flatMap((typeName) => [...types.keyFields(typeName, subgraph)]));
}

function identifyByKeys(shape: TypedShape | undefined, object: JsonObject): string {
  if (!shape) return "";
  let identity = shape.typeName;
  for (const { name, source } of shape.fields) {
    if (!shape.keys.has(name)) continue;
    const value = object[source];
    identity += `\n${typeof value === "string" ? value : JSON.stringify(value)}`;
  }
  return identity;
}

/** The plan renames `__typename` for a subgraph that knows an interface as an object. */
function rewriteType(
  typeName: string,
  { inputRewrites }: RepresentationSource,
  types: SupergraphTypes,
): string {
  for (const rewrite of inputRewrites ?? []) {
    const setter =
      "ValueSetter" in rewrite ? rewrite.ValueSetter : "setValueTo" in rewrite ? rewrite : undefined;
    const [condition, key] = setter?.path ?? [];
    if (!setter || setter.path.length !== 2 || !key || !("Key" in key) || key.Key !== "__typename") continue;
    if (!condition || !("TypenameEquals" in condition)) continue;
    if (condition.TypenameEquals.some((name) => types.isOfType(typeName, name))) return setter.setValueTo;
  }
  return typeName;
}

/** Whether a field's value may be sent: a key must be known, and not be null because of an error. */
function isUnknownKey(
  field: RequiredField,
  shape: TypedShape,
  { object, run }: { object: JsonObject; run: Run },
) {
  if (!shape.keys.has(field.name)) return false;
  const value = object[field.source];
  return value === undefined || (value === null && isNulled(run, object, field.source));
}

function pickRepresentation(
  shape: TypedShape | undefined,
  object: JsonObject,
  run: Run,
): JsonObject | undefined {
  if (!shape) return undefined;
  const picked: JsonObject = { __typename: shape.typeName };
  for (const field of shape.fields) {
    if (isUnknownKey(field, shape, { object, run })) return undefined;
    const value = pickValue(field.value, object[field.source]);
    if (value === undefined) return undefined;
    picked[field.name] = value;
  }
  return picked;
}

function pickValue(shape: RequiredValue, value: unknown): unknown {
  const picked = pickPresent(shape, value);
  return picked === undefined && shape.nullable ? null : picked;
}

function pickPresent(shape: RequiredValue, value: unknown): unknown {
  if (shape.leaf) return shape.leaf.isExact(value) ? value : shape.leaf.repair(value);
  if (value === null || typeof value !== "object") return undefined;
  if (isVerbatim(value) || isExact(shape, value)) return value;
  if (shape.list) {
    if (!Array.isArray(value)) return undefined;
    const list = shape.list;
    const items: unknown[] = value.map((item) => pickValue(list, item));
    return items.includes(undefined) ? undefined : items;
  }
  if (!shape.object || Array.isArray(value)) return undefined;
  const object = value as JsonObject;
  const typeName = object["__typename"] ?? shape.object.declaredType;
  if (typeof typeName !== "string") return undefined;
  const picked: JsonObject = shape.object.saysType ? { __typename: typeName } : {};
  for (const field of shape.object.fieldsOf(typeName)) {
    const inner = pickValue(field.value, object[field.source]);
    if (inner === undefined) return undefined;
    picked[field.name] = inner;
  }
  return picked;
}
