/** `__schema` and `__type` are answered here, by graphql-js over the API schema; subgraphs never see them. */
import {
  executeSync,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Variables } from "./variables";

/** An operation split into what is asked about the schema and what is asked about data. */
export interface SplitOperation {
  /** Undefined when nothing is asked about the schema. */
  readonly introspection: DocumentNode | undefined;
  /** Undefined when nothing but the schema and `__typename` is asked for: no plan is needed. */
  readonly data: DocumentNode | undefined;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Splits a validated operation at its root. */
export function splitOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): SplitOperation {
  const isIntrospection = ({ name: { value } }: FieldNode) => value === "__schema" || value === "__type";
  const about = pick(operation.selectionSet, fragments, isIntrospection);
  const fetched = pick(operation.selectionSet, fragments, ({ name }) => !name.value.startsWith("__"));
  const documentOf = (selectionSet: SelectionSetNode): DocumentNode => ({
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet }, ...fragments.values()],
  });
  return {
    introspection: about && documentOf(about),
    data: fetched && (about ? documentOf(fetched) : document),
  };
}

function pick(
  set: SelectionSetNode,
  fragments: Fragments,
  isWanted: (field: FieldNode) => boolean,
): SelectionSetNode | undefined {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return isWanted(selection) ? [selection] : [];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const picked = inner && pick(inner.selectionSet, fragments, isWanted);
    if (!inner || !picked) return [];
    const { typeCondition } = inner;
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        selectionSet: picked,
        ...(typeCondition && { typeCondition }),
        ...(selection.directives && { directives: selection.directives }),
      },
    ];
  });
  return selections.length > 0 ? { kind: Kind.SELECTION_SET, selections } : undefined;
}

/** Answers them: the values by response key. Validated documents cannot fail here. */
export function compileIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
): (variables: Variables) => Readonly<Record<string, unknown>> {
  const answer = (variableValues: Variables) => {
    const { data } = executeSync({ schema, document, variableValues });
    return data ?? {};
  };
  const takesVariables = document.definitions.some(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.variableDefinitions?.length,
  );
  if (takesVariables) return answer;
  let known: Readonly<Record<string, unknown>> | undefined;
  return () => (known ??= answer({}));
}
