/**
 * Makes the answer: compiled once per operation, from the merged tree into what is sent. Completes values as GraphQL does
 * (specification, 6.4.3): a null or failure at a non-null place nulls its parent. FAILED says "this has failed, and the error
 * is reported"; it travels upwards to the next place that may be null. What is exactly as asked for is taken as it is, and
 * the whole is written as text by one JSON.stringify: that is cheaper than any writing of our own.
 */
import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { collectFields, type CollectedField, type ConditionedSet, type Included } from "./collect-fields";
import { deniedWords, isDenied, type ProjectionSource } from "./denied";
import {
  exactLeaf,
  exactList,
  exactObject,
  exactOrNull,
  exactString,
  whereItPays,
  type Exact,
} from "./exact-answer";
import { leafOfType } from "./leaf";
import { assign } from "./merge";
import { explainAbsence, FAILED, reportHere, type Field, type Projecting } from "./projection-errors";
import { isNulled, type JsonObject } from "./run";
import { isVerbatim } from "./verbatim/verbatim";

/** Gives a value that is there as it is to be sent, or FAILED. */
export type Project = (value: unknown, to: Projecting) => unknown;
/** Gives the value of a field of an object, or FAILED when the object has to be null because of it. */
type ProjectField = (object: JsonObject, to: Projecting) => unknown;

/** What a caller asks for at one place: its projection, and the check for what it would not change. */
export interface AskedPart {
  readonly project: Project;
  readonly exact: Exact | undefined;
  /** What is asked for under a response key, lists passed over; undefined where that is not known beforehand. */
  readonly below: (key: string) => AskedPart | "nothing" | undefined;
}

/** Compiles the projection of the root object. */
export function compileProjection(
  sets: readonly ConditionedSet[],
  root: GraphQLObjectType,
  source: ProjectionSource,
): AskedPart {
  return compileObject(sets, root, source);
}

const notKnown = (): undefined => undefined;

function compileObject(
  sets: readonly ConditionedSet[],
  type: GraphQLObjectType | GraphQLInterfaceType,
  source: ProjectionSource,
): AskedPart {
  if (isDenied(type, "", source)) {
    const project: Project = (_value, to) => reportHere(to, deniedWords(type.name));
    return { project, exact: undefined, below: notKnown };
  }
  const fields = collectFields(sets, type, source).map((field) => compileMember(field, type, source));
  const malformed = { message: `The value is no ${type.name}.`, code: "DOWNSTREAM_SERVICE_ERROR" };
  const exact = isObjectType(type)
    ? exactObject(
        fields.map(({ key, included, part }) => ({ key, exact: included ? undefined : part?.exact })),
      )
    : undefined;
  const isExactHere = exact && whereItPays((value) => exact.is(value) || undefined);
  const project: Project = (value, to) => {
    if (typeof value !== "object" || Array.isArray(value)) return reportHere(to, malformed);
    if (isExactHere?.(value)) return value;
    const projected: JsonObject = {};
    for (let index = 0; index < fields.length; index++) {
      const { key, included, project: projectField } = fields[index]!;
      if (included && !included(to.run.variables)) continue;
      const inner = projectField(value as JsonObject, to);
      if (inner === FAILED) return FAILED;
      assign(projected, key, inner);
    }
    return projected;
  };
  const below = (key: string) => {
    const field = fields.find((each) => each.key === key);
    if (!field) return "nothing";
    return field.included ? undefined : field.part;
  };
  return { project, exact, below };
}

interface Member {
  readonly key: string;
  readonly included: Included | undefined;
  readonly project: ProjectField;
  /** Undefined where no value of a subgraph is shown as it is. */
  readonly part: AskedPart | undefined;
}

function compileMember(
  collected: CollectedField,
  type: GraphQLObjectType | GraphQLInterfaceType,
  source: ProjectionSource,
): Member {
  const { responseKey: key, name, included } = collected;
  const member = (project: ProjectField, part?: AskedPart): Member => ({ key, included, project, part });
  if (name === "__typename") {
    const exact = isObjectType(type) ? exactString(type.name) : undefined;
    return member(compileTypeName(type), { project: (value) => value, exact, below: notKnown });
  }
  if (name === "__schema" || name === "__type")
    return member((_object, to) => to.introspection?.[key] ?? null);
  const { type: fieldType } = type.getFields()[name] as GraphQLField<unknown, unknown>;
  const isNonNull = isNonNullType(fieldType);
  const field: Field = { key, coordinate: `${type.name}.${name}`, isNonNull };
  if (isDenied(type, `.${name}`, source) || source.denied.has(getNamedType(fieldType).name))
    return member(compileDenied(field));
  const bare = isNonNull ? fieldType.ofType : fieldType;
  const part = compilePresent(bare, collected.selections, source);
  const exact = isNonNull ? part.exact : exactOrNull(part.exact);
  return member(isLeafType(bare) ? compileLeafField(bare, field) : compileBranch(part.project, field), {
    ...part,
    exact,
  });
}

function compileDenied({ key, coordinate, isNonNull }: Field): ProjectField {
  return (_object, to) => {
    to.path.push(key);
    reportHere(to, deniedWords(coordinate));
    to.path.pop();
    return isNonNull ? FAILED : null;
  };
}

function compileBranch(project: Project, field: Field): ProjectField {
  const { key, isNonNull } = field;
  const read = reader(key);
  return (object, to) => {
    const value = read(object);
    if (value === null || value === undefined) return explainAbsence(to, object, field);
    if (isVerbatim(value)) return value;
    to.path.push(key);
    const projected = project(value, to);
    to.path.pop();
    return projected === FAILED && !isNonNull ? null : projected;
  };
}

function compileTypeName(type: GraphQLObjectType | GraphQLInterfaceType): ProjectField {
  if (isObjectType(type)) return () => type.name;
  return (object) => (typeof object["__typename"] === "string" ? object["__typename"] : type.name);
}

function compileLeafField(type: GraphQLOutputType, field: Field): ProjectField {
  const { key, isNonNull } = field;
  const read = reader(key);
  const { isExact, repair } = leafOfType(type);
  return (object, to) => {
    const value = read(object);
    if (isExact(value)) return value;
    if (value === null || value === undefined) return explainAbsence(to, object, field);
    const repaired = repair(value);
    if (repaired !== undefined) return repaired;
    to.path.push(key);
    reportHere(to, wrongLeaf(type));
    to.path.pop();
    return isNonNull ? FAILED : null;
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
): AskedPart {
  if (isNonNullType(type)) return compilePresent(type.ofType, sets, source);
  if (isListType(type)) return compileList(type.ofType, sets, source);
  if (isObjectType(type)) return compileTypedObject(sets, type, source);
  if (isAbstractType(type))
    return { project: compileAbstract(sets, type, source), exact: undefined, below: notKnown };
  const leaf = leafOfType(type);
  const project: Project = (value, to) =>
    leaf.isExact(value) ? value : (leaf.repair(value) ?? reportHere(to, wrongLeaf(type)));
  return { project, exact: exactLeaf(leaf), below: notKnown };
}

function compileList(
  itemType: GraphQLOutputType,
  sets: readonly ConditionedSet[],
  source: ProjectionSource,
): AskedPart {
  const { project, exact: item, below } = compilePresent(itemType, sets, source);
  const isNonNull = isNonNullType(itemType);
  const exact = exactList(isNonNull ? item : exactOrNull(item));
  return { project: compileItems(project, isNonNull), exact, below };
}

function compileItems(project: Project, isNonNull: boolean): Project {
  return (value, to) => {
    if (!Array.isArray(value))
      return reportHere(to, { message: "The value is no list.", code: "DOWNSTREAM_SERVICE_ERROR" });
    const projected: unknown[] = [];
    const depth = to.path.length;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      to.path[depth] = index;
      let inner: unknown = null;
      if (item !== null && item !== undefined) inner = project(item, to);
      else if (isNonNull) inner = nullItem(value, index, to);
      if (inner === FAILED && isNonNull) {
        to.path.length = depth;
        return FAILED;
      }
      projected.push(inner === FAILED ? null : inner);
    }
    to.path.length = depth;
    return projected;
  };
}

function nullItem(list: readonly unknown[], index: number, to: Projecting): unknown {
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
): AskedPart {
  const { project, exact, below } = compileObject(sets, type, source);
  const { name } = type;
  const interfaces = new Set(type.getInterfaces().map((each) => each.name));
  const projectTyped: Project = (value, to) => {
    const said = (value as JsonObject)["__typename"];
    if (said !== undefined && said !== name && !(typeof said === "string" && interfaces.has(said)))
      return reportHere(to, { message: `The value is no ${name}.`, code: "DOWNSTREAM_SERVICE_ERROR" });
    return project(value, to);
  };
  return { project: projectTyped, exact, below };
}

function compileAbstract(
  sets: readonly ConditionedSet[],
  type: GraphQLAbstractType,
  source: ProjectionSource,
): Project {
  const projections = new Map<unknown, Project | undefined>();
  const compileFor = (typeName: unknown): Project | undefined => {
    // Where only fields of the interface are asked for, no subgraph was asked for the type.
    if (typeName === undefined)
      return isInterfaceType(type) ? compileObject(sets, type, source).project : undefined;
    if (typeof typeName !== "string") return undefined;
    const runtime = source.schema.getType(typeName);
    // Of an interface object no more may be known than its interface.
    const mayBe = runtime === type || (isCompositeOf(runtime) && source.schema.isSubType(type, runtime));
    return mayBe && isCompositeOf(runtime) ? compileObject(sets, runtime, source).project : undefined;
  };
  return (value, to) => {
    const typeName = (value as JsonObject)["__typename"];
    let project = projections.get(typeName);
    if (!project) {
      project = compileFor(typeName);
      if (!project)
        return reportHere(to, { message: `The value is no ${type.name}.`, code: "DOWNSTREAM_SERVICE_ERROR" });
      projections.set(typeName, project);
    }
    return project(value, to);
  };
}

function isCompositeOf(type: unknown): type is GraphQLObjectType | GraphQLInterfaceType {
  return isObjectType(type) || isInterfaceType(type);
}

function wrongLeaf(type: GraphQLOutputType) {
  return { message: `The value is no ${getNamedType(type).name}.`, code: "DOWNSTREAM_SERVICE_ERROR" };
}
