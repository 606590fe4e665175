import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "../../../../subgraphs/joint/judgement/case";
import { createDecisionMemory } from "../../../../subgraphs/joint/judgement/decision-memory";
import { createDecisions } from "../../../../subgraphs/joint/judgement/decisions";
import { keepEvidence } from "../../../../subgraphs/joint/ledger/receipt-content";
import type { Ledger, SignedJudgement } from "../../../../subgraphs/joint/ledger/ledger";
import { creditCode, decision, evidence } from "../example-decision";

const heardOfAll = keepEvidence(creditCode, { ...evidence, TAX: { status: "KNOWN", facts: [] } });
const caseThat = (decide: () => unknown) =>
  ({
    key: { creditCode, asOf: "2013-09-01", knownAt: null },
    apply: () => ({ decide }),
    kept: () => heardOfAll,
  }) as unknown as Case;
const question = (decide: () => unknown = () => decision) =>
  ({ case: caseThat(decide), purpose: "LOAN", scheme: null }) as const;

function createFakeLedger(
  store: (signed: readonly SignedJudgement[]) => Promise<void> = async () => undefined,
) {
  const batches: number[] = [];
  const ledger = {
    currentKeyId: async () => "key",
    sign: async (judgements: readonly unknown[]) =>
      judgements.map((one) => ({ judgement: one, kept: { kid: "key", content: "" } })),
    store: async (signed: readonly SignedJudgement[]) => {
      batches.push(signed.length);
      await store(signed);
      return signed.map((_, index) => ({
        id: String(index),
        decidedAt: new Date().toISOString(),
        jws: () => "",
      }));
    },
  } as unknown as Ledger;
  return { ledger, batches };
}

test("what is asked for at the same time is kept together", async () => {
  const { ledger, batches } = createFakeLedger();
  const desk = createDecisions({ ledger });
  const made = await Promise.all(Array.from({ length: 1_000 }, () => desk.make(question())));
  expect(batches).toEqual([1_000]);
  expect(made.map(({ receipt }) => receipt.id)).toEqual(made.map((_, index) => String(index)));
});

test("while two batches are on their way to the disk, the next one grows", async () => {
  let release: () => void = () => undefined;
  const disk = new Promise<void>((resolve) => (release = resolve));
  const { ledger, batches } = createFakeLedger(() => disk);
  const desk = createDecisions({ ledger });
  const made: Promise<unknown>[] = [];
  for (let index = 0; index < 20; index++) {
    made.push(desk.make(question()));
    await pause(2);
  }
  expect(batches.length).toBe(2);
  release();
  await Promise.all(made);
  expect(batches.length).toBeLessThanOrEqual(4);
  expect(batches.reduce((sum, size) => sum + size)).toBe(20);
});

test("a decision that cannot be made spoils no other", async () => {
  const { ledger, batches } = createFakeLedger();
  const desk = createDecisions({ ledger });
  const fails = () => {
    throw new Error("two rows under UNIQUE");
  };
  const made = await Promise.allSettled(
    [question(), question(fails), question()].map((one) => desk.make(one)),
  );
  expect(made.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(batches).toEqual([2]);
});

test("when the ledger fails nobody gets a decision, and the desk goes on", async () => {
  let isDown = true;
  const { ledger } = createFakeLedger(async () => {
    if (isDown) throw new Error("gone");
  });
  const observed: string[] = [];
  const desk = createDecisions({ ledger, observe: ({ outcome }) => observed.push(outcome) });
  const failed = await Promise.allSettled([desk.make(question()), desk.make(question())]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(observed).toEqual([]);
  isDown = false;
  await desk.make(question());
  expect(observed).toEqual([decision.outcome]);
});

test("a decision that could not be kept is not remembered; one that was is answered with its receipt", async () => {
  let isDown = false;
  const { ledger, batches } = createFakeLedger(async () => {
    if (isDown) throw new Error("gone");
  });
  const observed: string[] = [];
  const memory = createDecisionMemory({ charactersMax: 100_000, ageMsMax: 10_000 });
  const desk = createDecisions({ ledger, memory, observe: (_decision, how) => observed.push(how) });
  await desk.make(question());
  isDown = true;
  await expect(desk.make(question())).rejects.toThrow("gone");
  isDown = false;
  const made = await desk.make(question());
  expect(await desk.make(question())).toBe(made);
  expect(batches.length).toBe(3);
  expect(observed).toEqual(["made", "made", "repeated"]);
});

test("others are heard while many are judged", async () => {
  const { ledger } = createFakeLedger();
  const desk = createDecisions({ ledger });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const slow = () => {
    const until = performance.now() + 2;
    while (performance.now() < until);
    return decision;
  };
  await Promise.all(Array.from({ length: 50 }, () => desk.make(question(slow))));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test("a queue that grows without end is refused", async () => {
  const { ledger } = createFakeLedger(() => new Promise(() => undefined));
  const desk = createDecisions({ ledger });
  const refused: unknown[] = [];
  for (let index = 0; index < 20_001; index++) desk.make(question()).catch((error) => refused.push(error));
  await pause(0);
  expect(refused).toMatchObject([{ code: "SERVICE_UNAVAILABLE" }]);
});
