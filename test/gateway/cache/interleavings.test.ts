/** Random interleavings of writes, reads and faults against what the cache promises, and what is decided on it. */
import fc from "fast-check";
import { allowedValues, type Hub, mutate, pause, withHub } from "./changing-department";
import { openDecisionDesk, REMEMBERED_MS, restsOn } from "./decision-desk";

type Act =
  | { do: "read"; code: string }
  | { do: "write" | "mutate"; code: string }
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

/** Everything but a read. */
async function carryOut(
  act: Exclude<Act, { do: "read" }>,
  hub: Hub,
  acknowledged: Map<string, number>,
): Promise<void> {
  if (act.do === "write") hub.department.write(act.code);
  else if (act.do === "fault") hub.department.state.fault = act.fault;
  else if (act.do === "wait") await pause(act.ms);
  else {
    await mutate(hub.transport, act.code);
    acknowledged.set(act.code, hub.department.history(act.code).at(-1)!.since);
  }
}

test("no interleaving of writes, reads and feed faults shows a value older than the feed is trusted for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 5, maxLength: 40 }), async (script) => {
      await withHub(async (hub) => {
        const acknowledged = new Map<string, number>();
        for (const act of script) {
          if (act.do !== "read") await carryOut(act, hub, acknowledged);
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

/** What happens beside a desk: the same, other keys, and a bureau that says nothing. */
const deskActs: fc.Arbitrary<Act | { do: "rotate" } | { do: "silence"; code: string }> = fc.oneof(
  { weight: 12, arbitrary: acts },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("rotate" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("silence" as const), code: codes }) },
);

describe("decisions that are remembered", () => {
  let desk: Awaited<ReturnType<typeof openDecisionDesk>>;
  beforeAll(async () => {
    desk = await openDecisionDesk();
  }, 60_000);
  afterAll(() => desk.close());

  async function decideAndCheck(hub: Hub, code: string, acknowledged: number): Promise<void> {
    const [askedAt, askedOn] = [performance.now(), Date.now()];
    const allowed = allowedValues(hub, code, acknowledged, askedAt);
    const [value] = await hub.read([code]);
    const decided = await desk.decide(code, value!);
    expect(allowed.filter((one) => restsOn(one, decided))).not.toEqual([]);
    expect(decided.outcome).toBe(decided.content.evidence.facts.length > 0 ? "BARRED" : "NORMAL");
    expect(decided.content.outcome).toBe(decided.outcome);
    expect(decided.kid).toBe(desk.kid());
    expect(desk.isStored(decided)).toBe(true);
    expect(askedOn - Date.parse(decided.content.decidedAt)).toBeLessThanOrEqual(REMEMBERED_MS);
  }

  test("no interleaving of writes, reads, faults and new keys brings a decision on what is no longer on record", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deskActs, { minLength: 10, maxLength: 60 }), async (script) => {
        await withHub(async (hub) => {
          const acknowledged = new Map<string, number>();
          for (const act of script) {
            if (act.do === "read")
              await decideAndCheck(hub, act.code, acknowledged.get(act.code) ?? -Infinity);
            else if (act.do === "rotate") await desk.rotate();
            else if (act.do === "silence") {
              const { content } = await desk.decide(act.code, null);
              expect(content.evidence.departments.SAFETY).toBe("UNKNOWN");
            } else await carryOut(act, hub, acknowledged);
          }
        });
      }),
      { numRuns: 60, seed: 12 },
    );
    expect(desk.counts.repeated).toBeGreaterThan(100);
    expect(desk.counts.made).toBeGreaterThan(100);
  }, 60_000);
});
