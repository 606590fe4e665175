/**
 * A transport that answers `_entities` from a coherent cache where it may, and asks the subgraph for the rest. It may
 * while the subgraph's change feed is trusted, or when the answer can never change. An answer is kept only for the
 * rights it was given to, and only if it names the entity it is about: a swapped answer is never filed.
 */
import type { RequestContext, SubgraphRequest, SubgraphResponse, Transport } from "../engine/contract";
import {
  askFor,
  type AskedEntity,
  describeEntity,
  isAbout,
  readEntities,
  type Representation,
} from "./asked-entity";
import type { ChangeFeed } from "./change-feed";
import { createQueryIdentifier } from "./entities-query";
import type { EntityCache, ReadMark } from "./entity-cache";

/** What the cache must know of the entities it keeps; given by whoever composes the gateway. */
export interface CachedEntities {
  /** The field of a representation by which the change feed names an entity; answers must echo it. */
  readonly keyField: string;
  /** Whether no later change can alter the answer about this representation. */
  readonly isSettled: (representation: Representation) => boolean;
  /** The names of the attributes that decide what a caller is shown. */
  readonly rightsAttributes: readonly string[];
}

/** A cache and the feed that keeps it true. */
export interface CoherentCache {
  readonly entities: EntityCache;
  readonly feed: ChangeFeed;
}

/** Wraps a transport in a coherent cache. Mutations pass through, and return after the cache has heard of them. */
export function cacheEntities(inner: Transport, cache: CoherentCache, shape: CachedEntities): Transport {
  const identify = createQueryIdentifier();
  const shelf = createShelf(cache, shape);

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
    const asked = shelf.describe(request, `${queryId}\u0000${rightsOf(context, shape)}`);
    const answers = shelf.take(asked);
    const missing = asked.filter((_, index) => answers[index] === undefined);
    if (missing.length === 0) return { data: { _entities: answers } };
    const mark = cache.entities.beginRead();
    const response = await inner.send(askFor(missing, request), context);
    const fresh = readEntities(response, missing.length);
    // Errors about a part can't be joined with the cached rest without guessing at places: ask for all.
    if (!fresh) return missing.length < asked.length ? inner.send(askFor(asked, request), context) : response;
    missing.forEach((one, position) => shelf.file(one, fresh[position], mark));
    let next = 0;
    return { data: { _entities: answers.map((answer) => (answer === undefined ? fresh[next++] : answer)) } };
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

/** The cache as a question about entities uses it. */
function createShelf({ entities, feed }: CoherentCache, { keyField, isSettled }: CachedEntities) {
  return {
    describe({ variables }: SubgraphRequest, prefix: string): readonly AskedEntity[] {
      const representations = variables["representations"] as readonly Representation[];
      return representations.map((one) => describeEntity(one, { keyField, prefix }));
    },

    /** The answers that may be used, each in its place; undefined where there is none. */
    take(asked: readonly AskedEntity[]): readonly unknown[] {
      const isTrusted = feed.isTrusted();
      return asked.map(({ representation, id }) => {
        const json = isTrusted || isSettled(representation) ? entities.get(id) : undefined;
        // Parsed anew each time: an answer belongs to whoever asked, and is merged into.
        return json === undefined ? undefined : (JSON.parse(json) as unknown);
      });
    },

    file(one: AskedEntity, entity: unknown, mark: ReadMark): void {
      if (isAbout(entity, one, keyField))
        entities.put(one.id, { key: one.key, json: JSON.stringify(entity) }, mark);
    },
  };
}

function rightsOf({ attributes }: RequestContext, { rightsAttributes }: CachedEntities): string {
  return rightsAttributes.map((name) => attributes[name] ?? "").join("\u0000");
}
