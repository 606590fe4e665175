/** Root fields by what they ask, whatever they and their variables are called: the same question in any company. */
import { Kind, parse, print, visit, type FieldNode } from "graphql";

export interface AskedRoot {
  readonly responseKey: string;
  /** Equal for equal questions. */
  readonly identify: (variables: Readonly<Record<string, unknown>>) => string;
}

const DOCUMENTS_MAX = 1_000;

function toAsked(field: FieldNode): AskedRoot {
  const names: string[] = [];
  const plain = visit(
    { ...field, alias: undefined },
    {
      Variable: (node) => {
        const at = names.includes(node.name.value)
          ? names.indexOf(node.name.value)
          : names.push(node.name.value) - 1;
        return { ...node, name: { ...node.name, value: `v${at}` } };
      },
    },
  );
  const text = print(plain);
  return {
    responseKey: field.alias?.value ?? field.name.value,
    identify: (variables) => {
      let identity = text;
      for (const name of names) identity += `\n${JSON.stringify(variables[name])}`;
      return identity;
    },
  };
}

/** None for documents with anything but fields at their root, and for `_entities`. */
function readDocument(query: string): readonly AskedRoot[] {
  const [operation, ...fragments] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || fragments.length > 0) return [];
  const { selections } = operation.selectionSet;
  const fields = selections.filter((selection) => selection.kind === Kind.FIELD);
  const isPlain =
    fields.length === selections.length && fields.every(({ name }) => name.value !== "_entities");
  return isPlain ? fields.map(toAsked) : [];
}

/** Reads each document once. */
export function createRootReader(): (query: string) => readonly AskedRoot[] {
  const known = new Map<string, readonly AskedRoot[]>();
  return (query) => {
    let read = known.get(query);
    if (!read) {
      if (known.size >= DOCUMENTS_MAX) known.clear();
      known.set(query, (read = readDocument(query)));
    }
    return read;
  };
}
