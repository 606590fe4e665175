/** The types of a supergraph as the executor needs them, `@inaccessible` ones included: they travel in representations. */
import {
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type SelectionSetNode,
  parse,
  type TypeNode,
} from "graphql";

/** Answers questions about types by name. Unknown names give undefined or false, never an exception. */
export interface SupergraphTypes {
  /** The root type's name of an operation kind. */
  rootType(operation: string): string;
  /** The declared type of a field, wrappers included. `__typename` has none. */
  fieldType(typeName: string, fieldName: string): TypeNode | undefined;
  /** Whether an object of `typeName` is one of `condition`: the same type, or a member of that interface or union. */
  isOfType(typeName: string, condition: string): boolean;
  /** Interfaces and unions. */
  isAbstract(typeName: string): boolean;
  /** The values of an enum; undefined for any other type. */
  enumValues(typeName: string): ReadonlySet<string> | undefined;
  /** Top-level fields of every key by which a subgraph resolves this entity. */
  keyFields(typeName: string, subgraph: string): ReadonlySet<string>;
  /** Whether a subgraph declares a field as `@external`: it may be given it, but not asked for it. */
  isExternal(typeName: string, subgraph: string, fieldName: string): boolean;
  /** True when some subgraph knows an interface only as an object, so that `__typename` may become more exact later. */
  readonly hasInterfaceObjects: boolean;
}

interface Reading {
  readonly fields: Map<string, Map<string, TypeNode>>;
  readonly members: Map<string, Set<string>>;
  readonly enums: Map<string, Set<string>>;
  readonly keys: Map<string, Set<string>>;
  readonly externals: Map<string, Set<string>>;
  readonly roots: Map<string, string>;
  readonly graphs: ReadonlyMap<string, { readonly name: string }>;
  hasInterfaceObjects: boolean;
}

/** Reads them from the supergraph's document; `graphs` maps `join__Graph` values to subgraph names. */
export function readTypes(
  document: DocumentNode,
  graphs: ReadonlyMap<string, { readonly name: string }>,
): SupergraphTypes {
  const reading: Reading = {
    fields: new Map(),
    members: new Map(),
    enums: new Map(),
    keys: new Map(),
    externals: new Map(),
    roots: new Map(),
    graphs,
    hasInterfaceObjects: false,
  };
  for (const definition of document.definitions) readDefinition(definition, reading);
  const none: ReadonlySet<string> = new Set();
  return {
    rootType: (operation) =>
      reading.roots.get(operation) ?? operation.charAt(0).toUpperCase() + operation.slice(1),
    fieldType: (typeName, fieldName) => reading.fields.get(typeName)?.get(fieldName),
    isOfType: (typeName, condition) =>
      typeName === condition || reading.members.get(condition)?.has(typeName) === true,
    isAbstract: (typeName) => reading.members.has(typeName),
    enumValues: (typeName) => reading.enums.get(typeName),
    keyFields: (typeName, subgraph) => reading.keys.get(`${typeName}@${subgraph}`) ?? none,
    isExternal: (typeName, subgraph, fieldName) =>
      reading.externals.get(`${typeName}@${subgraph}`)?.has(fieldName) === true,
    hasInterfaceObjects: reading.hasInterfaceObjects,
  };
}

function readDefinition(definition: DefinitionNode, reading: Reading): void {
  switch (definition.kind) {
    case Kind.SCHEMA_DEFINITION:
      for (const { operation, type } of definition.operationTypes)
        reading.roots.set(operation, type.name.value);
      return;
    case Kind.ENUM_TYPE_DEFINITION:
      reading.enums.set(definition.name.value, new Set(definition.values?.map(({ name }) => name.value)));
      return;
    case Kind.UNION_TYPE_DEFINITION:
      for (const member of definition.types ?? [])
        addTo(reading.members, definition.name.value, member.name.value);
      return;
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
      if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION && !reading.members.has(definition.name.value))
        reading.members.set(definition.name.value, new Set());
      for (const { name } of definition.interfaces ?? [])
        addTo(reading.members, name.value, definition.name.value);
      readFields(definition.name.value, definition.fields ?? [], reading);
      for (const directive of definition.directives ?? [])
        if (directive.name.value === "join__type") readJoinType(definition.name.value, directive, reading);
  }
}

function readFields(typeName: string, fields: readonly FieldDefinitionNode[], reading: Reading): void {
  reading.fields.set(typeName, new Map(fields.map(({ name, type }) => [name.value, type])));
  for (const { name, directives } of fields)
    for (const directive of directives ?? [])
      if (directive.name.value === "join__field")
        readJoinField({ typeName, fieldName: name.value }, directive, reading);
}

function readJoinField(
  { typeName, fieldName }: { readonly typeName: string; readonly fieldName: string },
  directive: ConstDirectiveNode,
  reading: Reading,
): void {
  const external = argumentOf(directive, "external");
  const graph = argumentOf(directive, "graph");
  if (external?.kind !== Kind.BOOLEAN || !external.value || graph?.kind !== Kind.ENUM) return;
  addTo(reading.externals, `${typeName}@${reading.graphs.get(graph.value)?.name ?? graph.value}`, fieldName);
}

function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((candidate) => candidate.name.value === name)?.value;
}

function readJoinType(typeName: string, directive: ConstDirectiveNode, reading: Reading): void {
  const isInterfaceObject = argumentOf(directive, "isInterfaceObject");
  if (isInterfaceObject?.kind === Kind.BOOLEAN && isInterfaceObject.value) reading.hasInterfaceObjects = true;
  const graph = argumentOf(directive, "graph");
  const key = argumentOf(directive, "key");
  if (graph?.kind !== Kind.ENUM || key?.kind !== Kind.STRING) return;
  const subgraph = reading.graphs.get(graph.value)?.name ?? graph.value;
  for (const field of topLevelFields(key.value)) addTo(reading.keys, `${typeName}@${subgraph}`, field);
}

function topLevelFields(fieldSet: string): readonly string[] {
  const [definition] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  const collect = (set: SelectionSetNode): string[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.name.value];
      return selection.kind === Kind.INLINE_FRAGMENT ? collect(selection.selectionSet) : [];
    });
  return definition?.kind === Kind.OPERATION_DEFINITION ? collect(definition.selectionSet) : [];
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
