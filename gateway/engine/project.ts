/**
 * Writes the answer: compiled once per operation, straight from the merged tree into JSON text. Completes values as GraphQL
 * does (specification, 6.4.3): a null or failure at a non-null place nulls its parent. Texts are never empty, so the empty
 * text says "this has failed, and the error is reported"; it travels upwards to the next place that may be null.
 */
import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isEnumType,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import {
  collectFields,
  type CollectedField,
  type CollectingFrom,
  type ConditionedSet,
  type Included,
} from "./collect-fields";
import { leafWriter, quote } from "./json-text";
import { explainAbsence, reportHere, type Field, type Projecting } from "./projection-errors";
import { isNulled, type JsonObject } from "./run";

/** The text of a value that is there, or "" when it has failed and that is reported. */
type WritePresent = (value: unknown, to: Projecting) => string;
/** The text of a field of an object, or "" when the object has to be null because of it. */
type WriteField = (object: JsonObject, to: Projecting) => string;

/** What an operation's projection is compiled from. */
export interface ProjectionSource extends CollectingFrom {
  /** Coordinates (`Type.field`, `Type`) that this caller may not see. */
  readonly denied: ReadonlySet<string>;
}

const FAILED = "";

/** Compiles the writer of the root object. */
export function compileProjection(
  sets: readonly ConditionedSet[],
  root: GraphQLObjectType,
  source: ProjectionSource,
): WritePresent {
  return compileObject(sets, root, source);
}

function compileObject(
  sets: readonly ConditionedSet[],
  type: GraphQLObjectType | GraphQLInterfaceType,
  source: ProjectionSource,
): WritePresent {
  if (isDenied(type, "", source)) return (_value, to) => reportHere(to, deniedWords(type.name));
  const fields = collectFields(sets, type, source).map((field) => compileMember(field, type, source));
  const [first] = fields;
  if (fields.length === 1 && first && !first.included) return (value, to) => writeOnly(first, value, to);
  const malformed = { message: `The value is no ${type.name}.`, code: "DOWNSTREAM_SERVICE_ERROR" };
  return (value, to) => {
    if (typeof value !== "object" || Array.isArray(value)) return reportHere(to, malformed);
    let text = "{";
    for (let index = 0; index < fields.length; index++) {
      const { included, write, prefix, prefixNext } = fields[index]!;
      if (included && !included(to.run.variables)) continue;
      const inner = write(value as JsonObject, to);
      if (inner === FAILED) return FAILED;
      text += (text.length === 1 ? prefix : prefixNext) + inner;
    }
    return text + "}";
  };

  function writeOnly({ write, prefix }: Member, value: unknown, to: Projecting): string {
    if (typeof value !== "object" || Array.isArray(value)) return reportHere(to, malformed);
    const inner = write(value as JsonObject, to);
    return inner === FAILED ? FAILED : `{${prefix}${inner}}`;
  }
}

interface Member {
  readonly prefix: string;
  readonly prefixNext: string;
  readonly included: Included | undefined;
  readonly write: WriteField;
}

function compileMember(
  collected: CollectedField,
  type: GraphQLObjectType | GraphQLInterfaceType,
  source: ProjectionSource,
): Member {
  const prefix = `"${collected.responseKey}":`;
  const write = compileWrite(collected, type, source);
  return { prefix, prefixNext: "," + prefix, included: collected.included, write };
}

function compileWrite(
  collected: CollectedField,
  type: GraphQLObjectType | GraphQLInterfaceType,
  source: ProjectionSource,
): WriteField {
  const { responseKey: key, name } = collected;
  if (name === "__typename") return compileTypeName(type);
  if (name === "__schema" || name === "__type") return (_object, to) => to.introspection?.[key] ?? "null";
  const definition = type.getFields()[name] as GraphQLField<unknown, unknown>;
  const coordinate = `${type.name}.${name}`;
  const isNonNull = isNonNullType(definition.type);
  const field: Field = { key, coordinate, isNonNull };
  if (isDenied(type, `.${name}`, source) || source.denied.has(getNamedType(definition.type).name))
    return (_object, to) => {
      to.path.push(key);
      reportHere(to, deniedWords(coordinate));
      to.path.pop();
      return isNonNull ? FAILED : "null";
    };
  const read = reader(key);
  const inner = compilePresent(definition.type, collected.selections, source);
  const bare = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
  if (isLeafType(bare)) return compileLeafField(definition.type, field);
  return (object, to) => {
    const value = read(object);
    if (value === null || value === undefined) return explainAbsence(to, object, field);
    to.path.push(key);
    const text = inner(value, to);
    to.path.pop();
    return text === FAILED && !isNonNull ? "null" : text;
  };
}

function compileTypeName(type: GraphQLObjectType | GraphQLInterfaceType): WriteField {
  const text = quote(type.name);
  if (isObjectType(type)) return () => text;
  return (object) => (typeof object["__typename"] === "string" ? quote(object["__typename"]) : text);
}

function compileLeafField(type: GraphQLOutputType, field: Field): WriteField {
  const { key, isNonNull } = field;
  const read = reader(key);
  const leaf = leafOf(type);
  return (object, to) => {
    const value = read(object);
    const text = leaf(value);
    if (text !== undefined) return text;
    if (value === null || value === undefined) return explainAbsence(to, object, field);
    to.path.push(key);
    reportHere(to, wrongLeaf(type));
    to.path.pop();
    return isNonNull ? FAILED : "null";
  };
}

/** Names that every object inherits must be read as own keys. */
function reader(key: string): (object: JsonObject) => unknown {
  if (key in Object.prototype) return (object) => (Object.hasOwn(object, key) ? object[key] : undefined);
  return (object) => object[key];
}

function compilePresent(
  type: GraphQLOutputType,
  sets: readonly ConditionedSet[],
  source: ProjectionSource,
): WritePresent {
  if (isNonNullType(type)) return compilePresent(type.ofType, sets, source);
  if (isListType(type)) return compileList(type.ofType, sets, source);
  if (isObjectType(type)) return compileTypedObject(sets, type, source);
  if (isAbstractType(type)) return compileAbstract(sets, type, source);
  const leaf = leafOf(type);
  return (value, to) => leaf(value) ?? reportHere(to, wrongLeaf(type));
}

function compileList(
  itemType: GraphQLOutputType,
  sets: readonly ConditionedSet[],
  source: ProjectionSource,
): WritePresent {
  const write = compilePresent(itemType, sets, source);
  const isNonNull = isNonNullType(itemType);
  return (value, to) => {
    if (!Array.isArray(value))
      return reportHere(to, { message: "The value is no list.", code: "DOWNSTREAM_SERVICE_ERROR" });
    let text = "[";
    const depth = to.path.length;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      to.path[depth] = index;
      let inner = "null";
      if (item !== null && item !== undefined) inner = write(item, to);
      else if (isNonNull) inner = nullItem(value, index, to);
      if (inner === FAILED && isNonNull) {
        to.path.length = depth;
        return FAILED;
      }
      text += (index === 0 ? "" : ",") + (inner === FAILED ? "null" : inner);
    }
    to.path.length = depth;
    return text + "]";
  };
}

function nullItem(list: readonly unknown[], index: number, to: Projecting): string {
  if (isNulled(to.run, list, index)) return FAILED;
  return reportHere(to, {
    message: "Cannot return null for a non-nullable item.",
    code: "DOWNSTREAM_SERVICE_ERROR",
  });
}

/** An object that says it is of another type than the schema does is refused. */
function compileTypedObject(
  sets: readonly ConditionedSet[],
  type: GraphQLObjectType,
  source: ProjectionSource,
): WritePresent {
  const write = compileObject(sets, type, source);
  const { name } = type;
  const interfaces = new Set(type.getInterfaces().map((each) => each.name));
  return (value, to) => {
    const said = (value as JsonObject)["__typename"];
    if (said !== undefined && said !== name && !(typeof said === "string" && interfaces.has(said)))
      return reportHere(to, { message: `The value is no ${name}.`, code: "DOWNSTREAM_SERVICE_ERROR" });
    return write(value, to);
  };
}

function compileAbstract(
  sets: readonly ConditionedSet[],
  type: GraphQLAbstractType,
  source: ProjectionSource,
): WritePresent {
  const writers = new Map<unknown, WritePresent | undefined>();
  const compileFor = (typeName: unknown): WritePresent | undefined => {
    // Where only fields of the interface are asked for, no subgraph was asked for the type.
    if (typeName === undefined) return isInterfaceType(type) ? compileObject(sets, type, source) : undefined;
    if (typeof typeName !== "string") return undefined;
    const runtime = source.schema.getType(typeName);
    // Of an interface object no more may be known than its interface.
    const mayBe = runtime === type || (isCompositeOf(runtime) && source.schema.isSubType(type, runtime));
    return mayBe && isCompositeOf(runtime) ? compileObject(sets, runtime, source) : undefined;
  };
  return (value, to) => {
    const typeName = (value as JsonObject)["__typename"];
    let write = writers.get(typeName);
    if (!write) {
      write = compileFor(typeName);
      if (!write)
        return reportHere(to, { message: `The value is no ${type.name}.`, code: "DOWNSTREAM_SERVICE_ERROR" });
      writers.set(typeName, write);
    }
    return write(value, to);
  };
}

function isCompositeOf(type: unknown): type is GraphQLObjectType | GraphQLInterfaceType {
  return isObjectType(type) || isInterfaceType(type);
}

/** Of an object known by its interface only, whatever is denied on any implementation is denied. */
function isDenied(
  type: GraphQLObjectType | GraphQLInterfaceType,
  suffix: string,
  { denied, schema }: ProjectionSource,
): boolean {
  if (denied.size === 0) return false;
  const types = isInterfaceType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return types.some(({ name }) => denied.has(name + suffix));
}

function leafOf(type: GraphQLOutputType) {
  const named = getNamedType(type);
  return leafWriter(named.name, {
    enumValues: () => (isEnumType(named) ? new Set(named.getValues().map((value) => value.name)) : undefined),
  });
}

function wrongLeaf(type: GraphQLOutputType) {
  return { message: `The value is no ${getNamedType(type).name}.`, code: "DOWNSTREAM_SERVICE_ERROR" };
}

function deniedWords(coordinate: string) {
  return { message: `You may not see ${coordinate}.`, code: "FORBIDDEN" };
}
