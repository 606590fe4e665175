/** Which queries are questions about entities and nothing else, and a short name for each of them. */
import { createHash } from "node:crypto";
import { Kind, parse } from "graphql";

const QUERIES_MAX = 2_000;

/** Gives each query text that asks for `_entities` alone, and by no other variable, a short name; others undefined. */
export function createQueryIdentifier(): (query: string) => string | undefined {
  const names = new Map<string, string | undefined>();
  return (query) => {
    if (names.has(query)) return names.get(query);
    if (names.size >= QUERIES_MAX) names.clear();
    const name = isEntitiesOnly(query) ? createHash("sha256").update(query).digest("base64url") : undefined;
    names.set(query, name);
    return name;
  };
}

function isEntitiesOnly(query: string): boolean {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  const [root, ...others] = operation.selectionSet.selections;
  const isEntities = root?.kind === Kind.FIELD && root.name.value === "_entities" && !root.alias;
  const variables = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
  return isEntities && others.length === 0 && variables.length === 1 && variables[0] === "representations";
}
