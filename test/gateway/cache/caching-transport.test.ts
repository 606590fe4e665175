import fc from "fast-check";
import { cacheEntities } from "../../../gateway/cache/caching-transport";
import { followChanges } from "../../../gateway/cache/change-feed";
import type { ChangePage } from "../../../schema/change-page";
import { createEntityCache } from "../../../gateway/cache/entity-cache";
import type {
  RequestContext,
  SubgraphRequest,
  SubgraphResponse,
  Transport,
} from "../../../gateway/engine/contract";

const TRUST_MS = 80;
const QUERY =
  "query($representations:[_Any!]!){_entities(representations:$representations){... on Firm{code tax{grade}}}}";
const shape = {
  keyField: "code",
  isSettled: (representation: Readonly<Record<string, unknown>>) => representation["day"] === "past",
  rightsAttributes: ["caller"],
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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

async function withHub(act: (hub: Hub) => Promise<void>): Promise<void> {
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

interface Hub {
  readonly department: ReturnType<typeof createDepartment>;
  readonly entities: ReturnType<typeof createEntityCache>;
  readonly feed: ReturnType<typeof followChanges>;
  readonly transport: Transport;
  readonly read: (codes: readonly string[], caller?: string, day?: string) => Promise<number[]>;
}

function contextOf(caller: string): RequestContext {
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
    variablesJson: JSON.stringify(variables),
    isMutation: false,
  };
  const { data } = await transport.send(request, contextOf(question.caller ?? "bank"));
  return (data!["_entities"] as { tax: { grade: number } }[]).map(({ tax }) => tax.grade);
}

async function mutate(transport: Transport, code: string): Promise<void> {
  const variables = { code };
  const request = {
    query: "mutation{x}",
    variables,
    variablesJson: JSON.stringify(variables),
    isMutation: true,
  };
  await transport.send(request, contextOf("clerk"));
}

test("an unchanged fact is asked for once", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a", "b"]);
    await read(["b", "a", "c"]);
    expect(department.state.asked).toBe(3);
  });
});

test("what one caller was shown is not shown to another from the cache", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a"], "bank");
    await read(["a"], "public");
    expect(department.state.asked).toBe(2);
  });
});

test("a swapped answer is not kept", async () => {
  await withHub(async ({ department, read, entities }) => {
    department.state.swap = true;
    await read(["a", "b"]);
    expect(entities.counts().entries).toBe(0);
  });
});

test("an answer with errors is passed on as it came and not kept", async () => {
  await withHub(async ({ department, transport, entities, read }) => {
    await read(["a"]);
    department.state.failing = true;
    const variables = {
      representations: [
        { __typename: "Firm", code: "a", day: "today" },
        { __typename: "Firm", code: "b" },
      ],
    };
    const request = { query: QUERY, variables, variablesJson: "", isMutation: false };
    const response = await transport.send(request, contextOf("bank"));
    expect(response.errors).toHaveLength(1);
    expect(entities.counts().entries).toBe(1);
  });
});

test("what a mutation through the gateway acknowledged is seen by the next read", async () => {
  await withHub(async ({ transport, read }) => {
    for (let round = 1; round <= 20; round++) {
      await mutate(transport, "a");
      expect(await read(["a"])).toEqual([round]);
    }
  });
});

test("an answer that was on its way when its firm changed is not kept", async () => {
  await withHub(async ({ department, transport, read }) => {
    department.state.delayMs = 50;
    const early = read(["a"]);
    await mutate(transport, "a");
    expect(await early).toEqual([0]);
    expect(await read(["a"])).toEqual([1]);
  });
});

test.each(["down", "late"] as const)(
  "with the feed %s, cached answers of the department are not used",
  async (fault) => {
    await withHub(async ({ department, read }) => {
      await read(["a"]);
      department.state.fault = fault;
      await pause(TRUST_MS * 2);
      department.write("a");
      expect(await read(["a"])).toEqual([1]);
    });
  },
);

test("an answer about a settled past is used even while the feed is down", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a"], "bank", "past");
    department.state.fault = "down";
    await pause(TRUST_MS * 2);
    await read(["a"], "bank", "past");
    expect(department.state.asked).toBe(1);
  });
});

test("a feed of another history empties the cache", async () => {
  await withHub(async ({ department, read, entities }) => {
    await read(["a"]);
    department.state.epoch = "two";
    await pause(TRUST_MS);
    expect(entities.counts().entries).toBe(0);
  });
});

test("the cache stays within its size", () => {
  const cache = createEntityCache(1000);
  for (let index = 0; index < 500; index++)
    cache.put(`id${index}`, { key: `key${index % 7}`, json: "x".repeat(50) }, cache.beginRead());
  expect(cache.counts().characters).toBeLessThanOrEqual(1000);
  expect(cache.counts().entries).toBeGreaterThan(10);
});

type Act =
  | { do: "write" | "mutate" | "read"; code: string }
  | { do: "fault"; fault: "none" | "down" | "late" }
  | { do: "wait"; ms: number };
const codes = fc.constantFrom("a", "b", "c");
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("write" as const, "mutate" as const), code: codes }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("read" as const), code: codes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      fault: fc.constantFrom("none" as const, "down" as const, "late" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 40 }) }),
  },
);

/** The values that an answer given at `now` may hold: any that was current within the time the feed is trusted for. */
function allowedValues(hub: Hub, code: string, sinceAcknowledged: number, now: number): number[] {
  const history = hub.department.history(code);
  return history
    .filter((_, index) => {
      const until = history[index + 1]?.since ?? Infinity;
      return until > Math.max(now - TRUST_MS, sinceAcknowledged);
    })
    .map(({ value }) => value);
}

test("no interleaving of writes, reads and feed faults shows a value older than the feed is trusted for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 5, maxLength: 40 }), async (script) => {
      await withHub(async (hub) => {
        const acknowledged = new Map<string, number>();
        for (const act of script) {
          if (act.do === "write") hub.department.write(act.code);
          else if (act.do === "mutate") {
            await mutate(hub.transport, act.code);
            acknowledged.set(act.code, hub.department.history(act.code).at(-1)!.since);
          } else if (act.do === "fault") hub.department.state.fault = act.fault;
          else if (act.do === "wait") await pause(act.ms);
          else {
            const askedAt = performance.now();
            const allowed = allowedValues(hub, act.code, acknowledged.get(act.code) ?? -Infinity, askedAt);
            expect(allowed).toContain((await hub.read([act.code]))[0]);
          }
        }
      });
    }),
    { numRuns: 40, seed: 11 },
  );
}, 60_000);
