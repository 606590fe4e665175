/** How requests of different callers become one, and its answer theirs: entities in one list, root fields under aliases. */
import type { SubgraphRequest, SubgraphResponse } from "../engine/contract";

/** Requests that ask the same document, so that one can stand for all. */
type Alike = readonly [SubgraphRequest, ...SubgraphRequest[]];

/** One way of joining requests. */
export interface Joining {
  /** How large one request is, and how large many may be together. */
  readonly sizeOf: (request: SubgraphRequest) => number;
  readonly sizeMax: number;
  /** Into how many requests at once so many are put. */
  readonly portionOf: (count: number) => number;
  readonly toRequest: (requests: Alike) => SubgraphRequest;
  /** Everybody's part of an answer; undefined when it is not whole. */
  readonly divide: (
    response: SubgraphResponse,
    requests: readonly SubgraphRequest[],
  ) => readonly SubgraphResponse[] | undefined;
}

type Errors = NonNullable<SubgraphResponse["errors"]>;
type Path = readonly [unknown, ...unknown[]];

const ENTITIES_MAX = 100;

/** Representations in one list. */
export const joinEntities: Joining = {
  sizeOf: ({ entities }) => entities!.count,
  sizeMax: ENTITIES_MAX,
  portionOf: (count) => count,
  toRequest(requests) {
    const listJson = requests.map(({ entities }) => entities!.listJson).join(",");
    return ofText(requests[0], `{"representations":[${listJson}]}`);
  },
  divide({ data, errors }, requests) {
    const entities = data?.["_entities"];
    const wanted = requests.reduce((sum, request) => sum + request.entities!.count, 0);
    if (!Array.isArray(entities) || entities.length !== wanted) return undefined;
    let start = 0;
    return requests.map((request) => {
      const first = start;
      const { count } = request.entities!;
      start += count;
      const part = { _entities: (entities as readonly unknown[]).slice(first, start) };
      return withErrors(part, errors, ([root, place, ...below]) =>
        typeof place !== "number"
          ? undefined
          : place >= first && place < first + count
            ? [root, place - first, ...below]
            : [],
      );
    });
  },
};

/** Subgraphs that bound aliases allow fifteen at least. */
const ROOTS_MAX = 8;

/** Root fields under aliases. Portions are powers of two: a subgraph that keeps its documents keeps three more of each. */
export const joinRoots: Joining = {
  sizeOf: () => 1,
  sizeMax: Infinity,
  portionOf: (count) => Math.min(ROOTS_MAX, 2 ** Math.floor(Math.log2(count))),
  toRequest(requests) {
    let json = "";
    for (let index = 0; index < requests.length; index++) {
      const { variables } = requests[index]!;
      for (const name in variables)
        json += `${json === "" ? "" : ","}"${name}_${index}":${JSON.stringify(variables[name])}`;
    }
    const { roots } = requests[0];
    return ofText({ ...roots!.repeat(requests.length), isMutation: false }, `{${json}}`);
  },
  divide({ data, errors }, requests) {
    if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
    const { keys } = requests[0]!.roots!;
    return requests.map((_request, index) => {
      const start = `_${index}_`;
      const part: Record<string, unknown> = {};
      for (const key of keys) if (data[start + key] !== undefined) part[key] = data[start + key];
      return withErrors(part, errors, ([root, ...below]) =>
        typeof root !== "string"
          ? undefined
          : root.startsWith(start)
            ? [root.slice(start.length), ...below]
            : [],
      );
    });
  },
};

function ofText(
  { query, queryJson }: Pick<SubgraphRequest, "query" | "queryJson" | "isMutation">,
  variablesJson: string,
): SubgraphRequest {
  return {
    query,
    ...(queryJson !== undefined && { queryJson }),
    variablesJson,
    isMutation: false,
    get variables() {
      return JSON.parse(variablesJson) as Record<string, unknown>;
    },
  };
}

/** An error goes to the one whose place it names, with its place there (empty: to none); one that names none, to all. */
function withErrors(
  data: Record<string, unknown>,
  errors: Errors | undefined,
  placeOf: (path: Path) => readonly unknown[] | undefined,
): SubgraphResponse {
  if (errors === undefined) return { data };
  const own = errors.flatMap((error) => {
    const path =
      Array.isArray(error?.path) && error.path.length > 0
        ? placeOf(error.path as unknown as Path)
        : undefined;
    if (path === undefined) return [error];
    return path.length === 0 ? [] : [{ ...error, path }];
  });
  return { data, errors: own };
}
