/**
 * A transport that answers `_entities` from a coherent cache where it may, and asks the subgraph for the rest. It may
 * while the subgraph's change feed is trusted, or when the answer can never change. An answer is kept only for the
 * rights it was given to, and only if it names the entity it is about: a swapped answer is never filed.
 */
import { createHash } from "node:crypto";
import { Kind, parse } from "graphql";
import type { RequestContext, SubgraphRequest, SubgraphResponse, Transport } from "../engine/contract";
import type { ChangeFeed } from "./change-feed";
import type { EntityCache, ReadMark } from "./entity-cache";

/** What the cache must know of the entities it keeps; given by whoever composes the gateway. */
export interface CachedEntities {
  /** The field of a representation by which the change feed names an entity; answers must echo it. */
  readonly keyField: string;
  /** Whether no later change can alter the answer about this representation. */
  readonly isSettled: (representation: Readonly<Record<string, unknown>>) => boolean;
  /** The names of the attributes that decide what a caller is shown. */
  readonly rightsAttributes: readonly string[];
}

/** A cache and the feed that keeps it true. */
export interface CoherentCache {
  readonly entities: EntityCache;
  readonly feed: ChangeFeed;
}

type Representation = Readonly<Record<string, unknown>>;

interface Wanted {
  readonly representation: Representation;
  readonly json: string;
  readonly key: string;
  readonly id: string;
  readonly index: number;
}

const QUERIES_MAX = 2_000;

/** Wraps a transport in a coherent cache. Mutations pass through, and return after the cache has heard of them. */
export function cacheEntities(inner: Transport, cache: CoherentCache, shape: CachedEntities): Transport {
  const identify = createQueryIdentifier();

  async function sendMutation(request: SubgraphRequest, context: RequestContext): Promise<SubgraphResponse> {
    try {
      return await inner.send(request, context);
    } finally {
      // What was acknowledged must be seen by the next read; a feed that can't say so is not trusted any more.
      await cache.feed.catchUp().catch(() => undefined);
    }
  }

  async function sendEntities(
    request: SubgraphRequest,
    context: RequestContext,
    queryId: string,
  ): Promise<SubgraphResponse> {
    const rights = shape.rightsAttributes.map((name) => context.attributes[name] ?? "").join("\u0000");
    const wanted = (request.variables["representations"] as readonly Representation[]).map(
      (representation, index) => describe(representation, index, `${queryId}\u0000${rights}`),
    );
    const found = new Map<number, unknown>();
    const isTrusted = cache.feed.isTrusted();
    for (const { representation, id, index } of wanted) {
      const json = isTrusted || shape.isSettled(representation) ? cache.entities.get(id) : undefined;
      // Parsed anew each time: an answer belongs to whoever asked, and is merged into.
      if (json !== undefined) found.set(index, JSON.parse(json));
    }
    const missing = wanted.filter(({ index }) => !found.has(index));
    if (missing.length === 0) return { data: { _entities: wanted.map(({ index }) => found.get(index)) } };
    const mark = cache.entities.beginRead();
    const isPartial = missing.length < wanted.length;
    const response = await inner.send(askFor(missing, request), context);
    const answered = readEntities(response, missing.length);
    // Errors about a part can't be joined with the cached rest without guessing at places: ask for all.
    if (answered === undefined) return isPartial ? inner.send(askFor(wanted, request), context) : response;
    missing.forEach((one, position) => file(one, answered[position], mark, found));
    return { data: { _entities: wanted.map(({ index }) => found.get(index)) } };
  }

  function file(one: Wanted, entity: unknown, mark: ReadMark, found: Map<number, unknown>): void {
    found.set(one.index, entity);
    if (!echoesKey(entity, shape.keyField, one.key)) return;
    cache.entities.put(one.id, { key: one.key, json: JSON.stringify(entity) }, mark);
  }

  function describe(representation: Representation, index: number, prefix: string): Wanted {
    const key = String(representation[shape.keyField]);
    const json = JSON.stringify(representation);
    return { representation, json, key, id: `${prefix}\u0000${json}`, index };
  }

  return {
    takesValues: true,
    send(request, context) {
      if (request.isMutation) return sendMutation(request, context);
      const queryId = Array.isArray(request.variables["representations"])
        ? identify(request.query)
        : undefined;
      return queryId === undefined ? inner.send(request, context) : sendEntities(request, context, queryId);
    },
    ...(inner.subscribe && { subscribe: inner.subscribe }),
    ...(inner.state && { state: inner.state }),
    async close() {
      await cache.feed.close();
      await inner.close();
    },
  };
}

/** The entities of an answer without errors and of the length asked for; undefined for any other. */
function readEntities(response: SubgraphResponse, length: number): readonly unknown[] | undefined {
  const entities = response.data?.["_entities"];
  const isWhole = Array.isArray(entities) && entities.length === length && !response.errors?.length;
  return isWhole ? entities : undefined;
}

/** The same question about these entities only. */
function askFor(some: readonly Wanted[], { query, queryJson }: SubgraphRequest): SubgraphRequest {
  const listJson = some.map(({ json }) => json).join();
  return {
    query,
    ...(queryJson !== undefined && { queryJson }),
    isMutation: false,
    entities: { count: some.length, listJson },
    variablesJson: `{"representations":[${listJson}]}`,
    get variables() {
      return { representations: some.map(({ representation }) => representation) };
    },
  };
}

/** Whether an entity names itself by `keyField`, at its top or in its branches, and everywhere by the right key. */
function echoesKey(entity: unknown, keyField: string, key: string): boolean {
  if (!isRecord(entity)) return false;
  const echoes = [entity, ...Object.values(entity).filter(isRecord)]
    .filter((part) => keyField in part)
    .map((part) => part[keyField]);
  return echoes.length > 0 && echoes.every((echo) => echo === key);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Gives each query text that asks for `_entities` alone, and by no other variable, a short name; others undefined. */
function createQueryIdentifier(): (query: string) => string | undefined {
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
