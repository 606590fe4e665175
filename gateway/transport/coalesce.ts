/**
 * Entities that are asked of a subgraph in the same way in the same turn of the event loop travel as one request. Under
 * load that is most of them: the HTTP exchange, the subgraph's execution and its SQL statement are then paid once for
 * many callers. Only requests with equal attributes (caller, purpose) are put together; an idle gateway waits for nobody.
 */
import { fromByteText } from "../engine/byte-text";
import {
  TransportError,
  type RequestContext,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
} from "../engine/contract";
import { isSampled } from "../tracing/tracing";

const MEMBERS_MAX = 32;
const ENTITIES_MAX = 100;
/** Requests whose deadlines lie further apart are not put together: the earliest holds for all. */
const DEADLINE_SPREAD_MS = 250;

interface Member {
  readonly request: SubgraphRequest;
  readonly context: RequestContext;
  readonly count: number;
  readonly resolve: (response: SubgraphResponse | Promise<SubgraphResponse>) => void;
  readonly reject: (error: unknown) => void;
}

interface Group {
  readonly members: Member[];
  entities: number;
}

/** Wraps a transport. What is not a plain read of entities passes through at once. */
export function coalesceEntities(inner: Transport): Transport {
  let groups: Group[] = [];

  function sendAll(): void {
    const ready = groups;
    groups = [];
    for (const { members } of ready) sendGroup(inner, members);
  }

  function join(member: Member): void {
    const found = groups.find((group) => belongsTo(group, member));
    if (found) {
      found.members.push(member);
      found.entities += member.count;
      return;
    }
    if (groups.length === 0) setImmediate(sendAll);
    groups.push({ members: [member], entities: member.count });
  }

  return {
    ...inner,
    send(request, context) {
      const count = request.entities?.count;
      if (count === undefined || count >= ENTITIES_MAX || request.isMutation)
        return inner.send(request, context);
      return new Promise((resolve, reject) => join({ request, context, count, resolve, reject }));
    },
  };
}

function belongsTo({ members, entities }: Group, member: Member): boolean {
  const { request, context } = members[0]!;
  return (
    request.query === member.request.query &&
    members.length < MEMBERS_MAX &&
    entities + member.count <= ENTITIES_MAX &&
    Math.abs(context.deadlineAt - member.context.deadlineAt) <= DEADLINE_SPREAD_MS &&
    hasEqualAttributes(context, member.context)
  );
}

function hasEqualAttributes(
  { attributes: one }: RequestContext,
  { attributes: other }: RequestContext,
): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}

function sendGroup(inner: Transport, members: readonly Member[]): void {
  const [first] = members;
  if (first && members.length === 1)
    return void inner.send(first.request, first.context).then(first.resolve, first.reject);
  inner.send(toRequest(members), toContext(members)).then(
    (response) => {
      if (isWhole(response, members)) divide(response, members);
      else sendApart(inner, members);
    },
    (error: unknown) => {
      if (mayBeOfOneMember(error)) sendApart(inner, members);
      else for (const { reject } of members) reject(error);
    },
  );
}

function toRequest(members: readonly Member[]): SubgraphRequest {
  const { query, queryJson, read } = members[0]!.request;
  let listJson = "";
  for (const { request } of members) listJson += (listJson === "" ? "" : ",") + request.entities!.listJson;
  const variablesJson = `{"representations":[${listJson}]}`;
  // Operations that ask alike may read otherwise: then the answer is parsed.
  const isReadAlike = members.every(({ request }) => request.read === read);
  return {
    query,
    ...(queryJson !== undefined && { queryJson }),
    ...(isReadAlike && read && { read }),
    variablesJson,
    isMutation: false,
    get variables() {
      return JSON.parse(fromByteText(variablesJson)) as Record<string, unknown>;
    },
  };
}

/** Goes under the first member's id; the ids of all are in the attribute `request-ids`. One caller's leaving ends nothing. */
function toContext(members: readonly Member[]): RequestContext {
  const { requestId, attributes } = members[0]!.context;
  const ids = members.map(({ context }) => context.requestId).join(",");
  const deadlineAt = Math.min(...members.map(({ context }) => context.deadlineAt));
  // Of the callers' traces the first that is collected is the one that tells of the request they share.
  const traceparent = members.find(({ context }) => isSampled(context.traceparent))?.context.traceparent;
  return { requestId, deadlineAt, traceparent, attributes: { ...attributes, "request-ids": ids } };
}

function isWhole({ data }: SubgraphResponse, members: readonly Member[]): boolean {
  const entities = data?.["_entities"];
  const wanted = members.reduce((sum, { count }) => sum + count, 0);
  return Array.isArray(entities) && entities.length === wanted;
}

/** One member's entities may be what the subgraph stumbles over: the others must not fall with it. */
function sendApart(inner: Transport, members: readonly Member[]): void {
  for (const { request, context, resolve } of members) resolve(inner.send(request, context));
}

function mayBeOfOneMember(error: unknown): boolean {
  return error instanceof TransportError && ["status", "malformed", "too_large"].includes(error.reason);
}

function divide({ data, errors }: SubgraphResponse, members: readonly Member[]): void {
  const entities = data!["_entities"] as readonly unknown[];
  let start = 0;
  for (const { count, resolve } of members) {
    const part = { _entities: entities.slice(start, start + count) };
    resolve(errors === undefined ? { data: part } : { data: part, errors: errorsOf(errors, start, count) });
    start += count;
  }
}

/** An error about one entity goes to the member that asked for it, with its place there; any other goes to all. */
function errorsOf(
  errors: NonNullable<SubgraphResponse["errors"]>,
  start: number,
  count: number,
): NonNullable<SubgraphResponse["errors"]> {
  return errors.flatMap((error) => {
    if (!Array.isArray(error?.path) || typeof error.path[1] !== "number") return [error];
    const [root, place, ...below] = error.path as unknown as readonly [unknown, number, ...unknown[]];
    return place >= start && place < start + count
      ? [{ ...error, path: [root, place - start, ...below] }]
      : [];
  });
}
