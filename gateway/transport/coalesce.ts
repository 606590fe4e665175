/**
 * What is asked of a subgraph in the same way in the same turn of the event loop travels as one request. Under load that is
 * most of it: the HTTP exchange, the subgraph's execution and its SQL statement are then paid once for many callers. Only
 * requests with equal attributes (caller, purpose) are put together; an idle gateway waits for nobody.
 */
import {
  TransportError,
  type RequestContext,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
} from "../engine/contract";
import { joinEntities, joinRoots, type Joining } from "./joining";

const MEMBERS_MAX = 32;
/** Requests whose deadlines lie further apart are not put together: the earliest holds for all. */
const DEADLINE_SPREAD_MS = 250;
/** How long root fields travel apart after a request of several has failed: the subgraph may not take such documents. */
const APART_MS = 60_000;

interface Member {
  readonly request: SubgraphRequest;
  readonly context: RequestContext;
  readonly resolve: (response: SubgraphResponse | Promise<SubgraphResponse>) => void;
  readonly reject: (error: unknown) => void;
}

type Members = readonly [Member, ...Member[]];

interface Group {
  readonly joining: Joining;
  readonly members: [Member, ...Member[]];
  size: number;
}

/** Wraps a transport. What is not a plain read of entities or of single objects passes through at once. */
export function coalesce(inner: Transport): Transport {
  let groups: Group[] = [];
  let rootsApartUntil = 0;

  function joiningOf(request: SubgraphRequest): Joining | undefined {
    if (request.isMutation) return undefined;
    if (request.entities) return request.entities.count < joinEntities.sizeMax ? joinEntities : undefined;
    return request.roots && performance.now() >= rootsApartUntil ? joinRoots : undefined;
  }

  function join(member: Member, joining: Joining): void {
    const size = joining.sizeOf(member.request);
    const found = groups.find((group) => belongsTo(group, member, size));
    if (found) {
      found.members.push(member);
      found.size += size;
      return;
    }
    if (groups.length === 0) setImmediate(sendAll);
    groups.push({ joining, members: [member], size });
  }

  function sendAll(): void {
    const ready = groups;
    groups = [];
    for (const { joining, members } of ready)
      for (let sent = 0; sent < members.length;) {
        const portion = members.slice(sent, sent + joining.portionOf(members.length - sent));
        sent += portion.length;
        sendTogether(portion as unknown as Members, joining);
      }
  }

  function sendTogether(members: Members, joining: Joining): void {
    const [{ request, context, resolve, reject }] = members;
    if (members.length === 1) return void inner.send(request, context).then(resolve, reject);
    const requests = members.map((member) => member.request) as [SubgraphRequest, ...SubgraphRequest[]];
    const stumbled = (): void => {
      if (joining === joinRoots) rootsApartUntil = performance.now() + APART_MS;
    };
    inner.send(joining.toRequest(requests), toContext(members)).then(
      (response) => {
        const parts = joining.divide(response, requests);
        if (parts) return members.forEach((member, index) => member.resolve(parts[index]!));
        stumbled();
        sendApart(inner, members);
      },
      (error: unknown) => {
        stumbled();
        if (mayBeOfOneMember(error)) sendApart(inner, members);
        else for (const member of members) member.reject(error);
      },
    );
  }

  return {
    ...inner,
    send(request, context) {
      const joining = joiningOf(request);
      if (!joining) return inner.send(request, context);
      return new Promise((resolve, reject) => join({ request, context, resolve, reject }, joining));
    },
  };
}

function belongsTo({ members, joining, size }: Group, member: Member, more: number): boolean {
  const { request, context } = members[0];
  return (
    request.query === member.request.query &&
    members.length < MEMBERS_MAX &&
    size + more <= joining.sizeMax &&
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

/** Goes under the first member's id; the ids of all are in the attribute `request-ids`. One caller's leaving ends nothing. */
function toContext(members: Members): RequestContext {
  const { requestId, attributes } = members[0].context;
  const ids = members.map(({ context }) => context.requestId).join(",");
  const deadlineAt = Math.min(...members.map(({ context }) => context.deadlineAt));
  return { requestId, deadlineAt, attributes: { ...attributes, "request-ids": ids } };
}

/** One member's part may be what the subgraph stumbles over: the others must not fall with it. */
function sendApart(inner: Transport, members: Members): void {
  for (const { request, context, resolve } of members) resolve(inner.send(request, context));
}

function mayBeOfOneMember(error: unknown): boolean {
  return error instanceof TransportError && ["status", "malformed", "too_large"].includes(error.reason);
}
