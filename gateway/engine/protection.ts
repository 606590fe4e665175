/**
 * `@authenticated`, `@requiresScopes` and `@policy`: which fields and types a supergraph protects, which of them an operation
 * touches, and the operation without what a caller may not see. Through an interface a field counts as each of its
 * implementations; whatever is not clearly allowed is denied.
 */
import {
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import type { ProtectionRequirement } from "./options";

/** What is protected, by coordinate (`Type` or `Type.field`). */
export type Protections = ReadonlyMap<string, ProtectionRequirement>;

/** Those that ask for something of a caller. */
const PROTECTING: ReadonlySet<string> = new Set(["authenticated", "requiresScopes", "policy"]);

/** Reads them from a supergraph whose directives have their standard names (`features.ts`). */
export function readProtections(document: DocumentNode): Protections {
  const protections = new Map<string, ProtectionRequirement>();
  for (const definition of document.definitions) {
    if (!("directives" in definition) || !("name" in definition) || !definition.name) continue;
    const typeName = definition.name.value;
    add(
      protections,
      typeName,
      readRequirement((definition.directives ?? []) as readonly ConstDirectiveNode[]),
    );
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    for (const { name, directives } of definition.fields ?? [])
      add(protections, `${typeName}.${name.value}`, readRequirement(directives ?? []));
  }
  return protections;
}

function add(
  protections: Map<string, ProtectionRequirement>,
  coordinate: string,
  requirement: ProtectionRequirement | undefined,
): void {
  if (requirement) protections.set(coordinate, requirement);
}

function readRequirement(directives: readonly ConstDirectiveNode[]): ProtectionRequirement | undefined {
  const found = directives.filter(({ name }) => PROTECTING.has(name.value));
  if (found.length === 0) return undefined;
  const listsOf = (kind: string, argument: string) =>
    found
      .filter(({ name }) => name.value === kind)
      .flatMap((directive) =>
        readLists(directive.arguments?.find(({ name }) => name.value === argument)?.value),
      );
  return {
    authenticated: found.some(({ name }) => name.value === "authenticated"),
    scopes: listsOf("requiresScopes", "scopes"),
    policies: listsOf("policy", "policies"),
  };
}

function readLists(value: ConstValueNode | undefined): readonly (readonly string[])[] {
  const items = (node: ConstValueNode) => (node.kind === Kind.LIST ? node.values : [node]);
  const text = (node: ConstValueNode) => (node.kind === Kind.STRING ? node.value : "");
  return value ? items(value).map((inner) => items(inner).map(text)) : [];
}

/** The coordinates an operation touches that are protected, at run time possible ones included. */
export function touchedProtections(
  document: DocumentNode,
  schema: GraphQLSchema,
  protections: Protections,
): ReadonlySet<string> {
  const touched = new Set<string>();
  const touch = (coordinate: string) => void (protections.has(coordinate) && touched.add(coordinate));
  const typeInfo = new TypeInfo(schema);
  const touchType = (type: GraphQLNamedType) => {
    touch(type.name);
    for (const each of implementations(type, schema)) touch(each.name);
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name }) => {
        const parent = typeInfo.getParentType();
        const type = typeInfo.getType();
        if (!parent || !type) return;
        for (const each of [parent, ...implementations(parent, schema)]) touch(`${each.name}.${name.value}`);
        touchType(getNamedType(type));
      },
    }),
  );
  return touched;
}

/** Denies a field of an interface on all its implementations too. */
export function spreadDenied(denied: ReadonlySet<string>, schema: GraphQLSchema): ReadonlySet<string> {
  const spread = new Set(denied);
  for (const coordinate of denied) {
    const [typeName = "", fieldName] = coordinate.split(".");
    const type = schema.getType(typeName);
    if (type && fieldName)
      for (const each of implementations(type, schema)) spread.add(`${each.name}.${fieldName}`);
  }
  return spread;
}

function implementations(type: GraphQLNamedType, schema: GraphQLSchema): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** The document without what is denied, so that no subgraph is asked for it. */
export function withoutDenied(
  document: DocumentNode,
  schema: GraphQLSchema,
  denied: ReadonlySet<string>,
): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  const nothing: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } }],
  };
  const isDeniedType = (type: GraphQLNamedType | undefined | null) => type != null && denied.has(type.name);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter: ({ name }) => {
          const parent = typeInfo.getParentType();
          const isDenied =
            denied.has(`${parent?.name}.${name.value}`) || isDeniedType(getNamedType(typeInfo.getType()));
          return isDenied ? null : undefined;
        },
      },
      SelectionSet: {
        enter: (set) => (isDeniedType(typeInfo.getParentType()) ? nothing : set),
        leave: (set) => (set.selections.length === 0 ? nothing : undefined),
      },
    }),
  );
}
