/**
 * Root fields that may be asked for several callers by one request: `query($code:ID!){shop(code:$code){name}}` twice is
 * `query($code_0:ID!,$code_1:ID!){_0_shop:shop(code:$code_0){name} _1_shop:shop(code:$code_1){name}}`.
 */
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type TypeNode,
} from "graphql";
import type { FetchNode } from "@graphql-hive/router-query-planner";
import type { RepeatableRoots, RepeatedDocument } from "./contract";
import type { SupergraphTypes } from "./supergraph-types";

/**
 * Reads them from a fetch of root fields; undefined for what is better asked alone: anything but a query, lists (they are
 * large already), and what depends on no variable.
 */
export function readRepeatableRoots(
  { operation: text, operationKind }: Pick<FetchNode, "operation" | "operationKind">,
  types: SupergraphTypes,
): RepeatableRoots | undefined {
  const { definitions } = parse(text, { noLocation: true });
  const [operation] = definitions;
  if (definitions.length > 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const isQuery = (operationKind ?? "query") === "query" && operation.operation === "query";
  const hasVariables = (operation.variableDefinitions?.length ?? 0) > 0;
  const fields = operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
  const areFields = fields.length === operation.selectionSet.selections.length;
  const root = types.rootType("query");
  const areSingle = fields.every(({ name }) => isSingle(types.fieldType(root, name.value)));
  if (!isQuery || !hasVariables || !areFields || !areSingle || operation.directives?.length) return undefined;
  const documents = new Map<number, RepeatedDocument>();
  return {
    keys: fields.map(keyOf),
    repeat(times) {
      const known = documents.get(times) ?? repeatDocument(operation, fields, times);
      documents.set(times, known);
      return known;
    },
  };
}

/** `__typename` has no type here, and is no reason to ask. */
function isSingle(type: TypeNode | undefined): boolean {
  const bare = type?.kind === Kind.NON_NULL_TYPE ? type.type : type;
  return bare?.kind === Kind.NAMED_TYPE;
}

function repeatDocument(
  operation: OperationDefinitionNode,
  fields: readonly FieldNode[],
  times: number,
): RepeatedDocument {
  const copies = Array.from({ length: times }, (_, index) => {
    const aliased = fields.map((field): FieldNode => {
      const alias = { kind: Kind.NAME as const, value: `_${index}_${keyOf(field)}` };
      return { ...field, alias };
    });
    const copy = { ...operation, selectionSet: { ...operation.selectionSet, selections: aliased } };
    return visit(copy, {
      Variable: (node) => ({ ...node, name: { ...node.name, value: `${node.name.value}_${index}` } }),
    });
  });
  const query = stripIgnoredCharacters(
    print({
      ...operation,
      variableDefinitions: copies.flatMap(({ variableDefinitions = [] }) => variableDefinitions),
      selectionSet: {
        ...operation.selectionSet,
        selections: copies.flatMap(({ selectionSet }) => selectionSet.selections),
      },
    }),
  );
  return { query, queryJson: JSON.stringify(query) };
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
