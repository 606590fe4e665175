/** A department whose one number a firm changes while it is read through the cache, and whose feed can be made to fail. */
import { cacheEntities } from "../../../gateway/cache/caching-transport";
import { followChanges } from "../../../gateway/cache/change-feed";
import { toByteText } from "../../../gateway/engine/byte-text";
import type { ChangePage } from "../../../schema/change-page";
import { createEntityCache } from "../../../gateway/cache/entity-cache";
import type {
  RequestContext,
  SubgraphRequest,
  SubgraphResponse,
  Transport,
} from "../../../gateway/engine/contract";

/** How long after it was asked a page of the feed is trusted. */
export const TRUST_MS = 80;
export const QUERY =
  "query($representations:[_Any!]!){_entities(representations:$representations){... on Firm{code tax{grade}}}}";
const shape = {
  keyField: "code",
  isSettled: (representation: Readonly<Record<string, unknown>>) => representation["day"] === "past",
  rightsAttributes: ["caller"],
};
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A department with one number a firm, which publishes its changes and can be told to publish badly. */
function createDepartment() {
  const values = new Map<string, { value: number; since: number }[]>();
  const log: string[] = [];
  const state = {
    epoch: "one",
    fault: "none" as "none" | "down" | "late",
    asked: 0,
    swap: false,
    failing: false,
    delayMs: 1,
  };

  const history = (code: string) => values.get(code) ?? [{ value: 0, since: -Infinity }];
  const write = (code: string): void => {
    values.set(code, [
      ...history(code),
      { value: history(code).at(-1)!.value + 1, since: performance.now() },
    ]);
    log.push(code);
  };
  const transport: Transport = {
    async send(request): Promise<SubgraphResponse> {
      if (request.isMutation) {
        write(String(request.variables["code"]));
        return { data: { ok: true } };
      }
      const representations = request.variables["representations"] as { code: string }[];
      state.asked += representations.length;
      const entities = representations.map(({ code }) => ({
        code,
        tax: { grade: history(code).at(-1)!.value },
      }));
      await pause(state.delayMs);
      if (state.failing) return { data: null, errors: [{ message: "no" }] };
      return { data: { _entities: state.swap ? entities.reverse() : entities } };
    },
    close: async () => undefined,
  };
  async function fetchChanges(
    after: number | null,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<ChangePage> {
    if (state.fault === "down") throw new Error("down");
    const { epoch } = state;
    const position = log.length;
    const page = { epoch, after, position, changed: log.slice(after ?? position) };
    if (page.changed.length === 0) await pause(Math.min(waitMs, 5));
    if (state.fault === "late") await pause(TRUST_MS + 20);
    signal.throwIfAborted();
    return page;
  }
  return { state, transport, fetchChanges, write, history };
}

/** Opens the cache over a new department. */
export async function withHub(act: (hub: Hub) => Promise<void>): Promise<void> {
  const department = createDepartment();
  const entities = createEntityCache(1_000_000);
  const feed = followChanges(department.fetchChanges, entities, {
    waitMs: 20,
    trustMs: TRUST_MS,
    retryMs: 5,
  });
  const transport = cacheEntities(department.transport, { entities, feed }, shape);
  try {
    await pause(10);
    await act({
      department,
      entities,
      feed,
      read: (codes, caller, day) => read(transport, { codes, caller, day }),
      transport,
    });
  } finally {
    await transport.close();
  }
}

/** The cache over the department. */
export interface Hub {
  readonly department: ReturnType<typeof createDepartment>;
  readonly entities: ReturnType<typeof createEntityCache>;
  readonly feed: ReturnType<typeof followChanges>;
  readonly transport: Transport;
  readonly read: (codes: readonly string[], caller?: string, day?: string) => Promise<number[]>;
}

/** The context of a request of a caller. */
export function contextOf(caller: string): RequestContext {
  return { requestId: "r", deadlineAt: performance.now() + 1000, attributes: { caller } };
}

async function read(
  transport: Transport,
  question: { codes: readonly string[]; caller?: string | undefined; day?: string | undefined },
): Promise<number[]> {
  const representations = question.codes.map((code) => ({
    __typename: "Firm",
    code,
    day: question.day ?? "today",
  }));
  const variables = { representations };
  const request: SubgraphRequest = {
    query: QUERY,
    variables,
    variablesJson: toByteText(JSON.stringify(variables)),
    isMutation: false,
  };
  const { data } = await transport.send(request, contextOf(question.caller ?? "bank"));
  return (data!["_entities"] as { tax: { grade: number } }[]).map(({ tax }) => tax.grade);
}

/** Raises a firm's number through the gateway. */
export async function mutate(transport: Transport, code: string): Promise<void> {
  const variables = { code };
  const request = {
    query: "mutation{x}",
    variables,
    variablesJson: toByteText(JSON.stringify(variables)),
    isMutation: true,
  };
  await transport.send(request, contextOf("clerk"));
}

/** The values that an answer given at `now` may hold: any that was current within the time the feed is trusted for. */
export function allowedValues(hub: Hub, code: string, sinceAcknowledged: number, now: number): number[] {
  const history = hub.department.history(code);
  return history
    .filter((_, index) => {
      const until = history[index + 1]?.since ?? Infinity;
      return until > Math.max(now - TRUST_MS, sinceAcknowledged);
    })
    .map(({ value }) => value);
}
