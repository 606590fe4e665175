/** What root fetches and entity fetches have in common: the request's text, and where their errors go. */
import type { RepresentedEntities, SubgraphRequest, SubgraphResponse, Transport } from "./contract";
import type { PlannedFetch } from "./compile-plan";
import type { SubgraphErrorPolicy } from "./options";
import { fromByteText, toByteText } from "./byte-text";
import { quote } from "./json-text";
import { markNulled, type Failure, type JsonObject, type Run } from "./run";
import { wordsFor, type FailureWords, type SubgraphError, type Told } from "./subgraph-errors";
import type { SelectionTree } from "./selection-tree";
import type { SupergraphTypes } from "./supergraph-types";

/** A fetch that can be started. Undefined: there was nothing to ask. The promise never rejects. */
export type StartFetch = (run: Run) => Promise<void> | undefined;

/** What fetches are compiled with. */
export interface FetchSetting {
  readonly types: SupergraphTypes;
  readonly transportOf: (subgraph: string) => Transport;
  readonly errorPolicy: SubgraphErrorPolicy;
}

/** The fixed parts of one fetch's requests. */
export interface FetchText {
  readonly transport: Transport;
  readonly words: FailureWords;
  readonly fixed: Pick<SubgraphRequest, "query" | "queryJson" | "isMutation" | "read">;
  readonly variableNames: readonly string[];
}

/** Prepares them; `operation` is the plan's text unless given. */
export function prepareFetchText(
  { node }: PlannedFetch,
  setting: FetchSetting,
  operation = node.operation,
): FetchText {
  return {
    transport: setting.transportOf(node.serviceName),
    words: wordsFor(node.serviceName, setting.errorPolicy),
    fixed: {
      query: operation,
      queryJson: toByteText(JSON.stringify(operation)),
      isMutation: node.operationKind === "mutation",
    },
    variableNames: node.variableUsages ?? [],
  };
}

/** Whether the plan's conditions let this fetch run. */
export function meetsConditions({ conditions }: PlannedFetch, run: Run): boolean {
  return conditions.every(({ variable, wanted }) => run.variables[variable] === wanted);
}

/** A request whose variables exist as byte text; they are parsed only for a transport that asks for them. */
export function textRequest(fixed: FetchText["fixed"], variablesJson: string): SubgraphRequest {
  return withLazy(PARSED_VARIABLES, { ...fixed, variablesJson });
}

/** A request for entities and nothing else; its variables are written only for a transport that asks for it alone. */
export function entitiesRequest(fixed: FetchText["fixed"], entities: RepresentedEntities): SubgraphRequest {
  return withLazy(ENTITY_VARIABLES, { ...fixed, entities });
}

/** A request whose variables exist as values; their text is written only for a transport that asks for it. */
export function valueRequest(fixed: FetchText["fixed"], variables: JsonObject): SubgraphRequest {
  return withLazy(WRITTEN_VARIABLES, { ...fixed, variables });
}

/** Getters on a shared prototype cost nothing per request; in an object literal they are made anew for each. */
function withLazy<Given extends object>(prototype: object, given: Given): SubgraphRequest {
  return Object.assign(Object.create(prototype) as object, given) as unknown as SubgraphRequest;
}

const PARSED_VARIABLES = {
  get variables(): JsonObject {
    return JSON.parse(fromByteText((this as unknown as SubgraphRequest).variablesJson)) as JsonObject;
  },
};

const ENTITY_VARIABLES = {
  get variablesJson(): string {
    return `{"representations":[${(this as unknown as SubgraphRequest).entities!.listJson}]}`;
  },
  get variables(): JsonObject {
    return JSON.parse(fromByteText(this.variablesJson)) as JsonObject;
  },
};

const WRITTEN_VARIABLES = {
  get variablesJson(): string {
    return toByteText(JSON.stringify((this as unknown as SubgraphRequest).variables));
  },
};

/** The caller's variables that a fetch uses, as byte text of members of a JSON object without its braces. */
export function writeVariables(names: readonly string[], run: Run): string {
  let text = "";
  for (const name of names) {
    const value = run.variables[name];
    if (value === undefined) continue;
    const written = typeof value === "string" ? quote(value) : JSON.stringify(value);
    text += `${text === "" ? "" : ","}"${name}":${written}`;
  }
  return toByteText(text);
}

/** The same as values. */
export function pickVariables(names: readonly string[], run: Run): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) if (run.variables[name] !== undefined) picked[name] = run.variables[name];
  return picked;
}

/** Errors that a response really carries: anything that is not a list of objects counts as none. */
export function errorsOf(response: SubgraphResponse): readonly SubgraphError[] {
  return Array.isArray(response.errors)
    ? response.errors.filter((error) => typeof error === "object" && error !== null)
    : [];
}

/** An error's path, if it is one. */
export function pathOf(error: SubgraphError): readonly (string | number)[] | undefined {
  const { path } = error;
  const isPath =
    Array.isArray(path) &&
    path.every((segment) => typeof segment === "string" || typeof segment === "number");
  return isPath ? (path as readonly (string | number)[]) : undefined;
}

/** Adds an error at a place below `owner`, which stands at `at`, and marks the null that it explains. */
export function addErrorBelow(
  run: Run,
  { owner, at, told }: { owner: JsonObject; at: readonly (string | number)[]; told: Told },
  path: readonly (string | number)[],
): void {
  run.errors.push({ message: told.message, path: [...at, ...path], extensions: told.extensions });
  markNulled(run, owner, path);
}

/** The keys that every object of an answer must have, whatever its type and the variables are. */
export function promisedKeys(selected: SelectionTree): readonly string[] {
  return [...selected].flatMap(([key, { always }]) => (always ? [key] : []));
}

/** Whether an object has all of these keys; null counts. */
export function hasAll(object: JsonObject, keys: readonly string[]): boolean {
  for (const key of keys) if (object[key] === undefined) return false;
  return true;
}

/** A failure of a fetch, to be recorded at each object it should have filled. */
export function failureOf(
  told: Told,
  { keys, path, reported }: Pick<Failure, "keys" | "path" | "reported">,
): Failure {
  return { keys, message: told.message, extensions: told.extensions, path, reported, shown: reported };
}
