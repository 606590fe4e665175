/**
 * Makes decisions in batches: whatever is asked for at the same time, by one request or by many, is judged, signed and kept
 * together. Judging pauses often enough for other requests to be heard.
 */
import { HubError } from "../../../schema/errors";
import type { Decision, Purpose } from "../assessment/assessment";
import type { Ledger, SignedJudgement } from "../ledger/ledger";
import type { Judgement } from "../ledger/receipt-content";
import type { Case } from "./case";
import type { DecisionMemory, MadeDecision } from "./decision-memory";

/** One decision to make. `scheme` null: by the pack of the place and the trade. */
export interface Question {
  readonly case: Case;
  readonly purpose: Purpose;
  readonly scheme: string | null;
}

/** Told of every decision that was made, or answered again as it had been made, for the metrics. */
export type DecisionObserver = (decision: Decision, how: "made" | "repeated") => void;

/** The desk at which decisions are asked for. */
export interface Decisions {
  readonly make: (question: Question) => Promise<MadeDecision>;
}

interface Pending {
  readonly question: Question;
  readonly resolve: (made: MadeDecision) => void;
  readonly reject: (error: unknown) => void;
}

interface Signed {
  readonly pending: readonly Pending[];
  readonly judgements: readonly SignedJudgement[];
}

const BATCH_MAX = 1_000;
const BATCHES_KEPT_AT_ONCE = 2;
const WAITING_MAX = 20_000;
const JUDGING_SLICE_MS = 5;
// To call the other thread for every slice, of some thirty judgements, took 3 % of a screening.
const SIGNED_TOGETHER_MIN = 200;

/** What a desk works with. Without a memory every question is decided anew. */
export interface Desk {
  readonly ledger: Ledger;
  readonly memory?: DecisionMemory | undefined;
  readonly observe?: DecisionObserver | undefined;
}

/** A desk over a ledger. More than 20,000 decisions waiting are refused with SERVICE_UNAVAILABLE. */
export function createDecisions(desk: Desk): Decisions {
  const { ledger, memory, observe } = desk;
  let waiting: Pending[] = [];
  let working = false;
  let beingKept = 0;
  let wakeUp: () => void = () => undefined;

  async function keep({ pending, judgements }: Signed): Promise<void> {
    beingKept++;
    try {
      const receipts = await ledger.store(judgements);
      for (const [index, { judgement, kept }] of judgements.entries()) {
        const made = { decision: judgement.decision, receipt: receipts[index]! };
        observe?.(made.decision, "made");
        memory?.keep(judgement, made, kept);
        pending[index]!.resolve(made);
      }
    } catch (error) {
      for (const { reject } of pending) reject(error);
    } finally {
      beingKept--;
      wakeUp();
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      waiting = waiting.slice(BATCH_MAX);
      const signed = await judgeAndSign(batch, desk);
      // While two batches are on their way to the disk, the next one grows: that is the group commit.
      while (beingKept >= BATCHES_KEPT_AT_ONCE) await new Promise<void>((resolve) => (wakeUp = resolve));
      if (signed.judgements.length > 0) void keep(signed);
    }
    working = false;
  }

  return {
    make: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= WAITING_MAX) {
          reject(new HubError("SERVICE_UNAVAILABLE", "Too many decisions are being made now; try again."));
          return;
        }
        waiting.push({ question, resolve, reject });
        if (working) return;
        working = true;
        // By then every enterprise of the request has asked.
        setImmediate(() => void work());
      }),
  };
}

// Slices are signed on another thread while the next ones are judged.
async function judgeAndSign(batch: readonly Pending[], desk: Desk): Promise<Signed> {
  const slices: Promise<Signed>[] = [];
  let pending: Pending[] = [];
  let judgements: Judgement[] = [];
  for (let start = 0; start < batch.length;) {
    const slice = judgeSlice(batch, start);
    start = slice.end;
    pending.push(...slice.pending);
    judgements.push(...slice.judgements);
    if (judgements.length >= SIGNED_TOGETHER_MIN || start === batch.length) {
      slices.push(signSlice({ pending, judgements }, desk));
      [pending, judgements] = [[], []];
    }
    if (start < batch.length) await new Promise(setImmediate);
  }
  const signed = await Promise.all(slices);
  return {
    pending: signed.flatMap(({ pending }) => pending),
    judgements: signed.flatMap(({ judgements }) => judgements),
  };
}

interface Slice {
  readonly pending: readonly Pending[];
  readonly judgements: readonly Judgement[];
}

function judgeSlice(batch: readonly Pending[], start: number): Slice & { readonly end: number } {
  const pending: Pending[] = [];
  const judgements: Judgement[] = [];
  const stopAt = performance.now() + JUDGING_SLICE_MS;
  let end = start;
  while (end < batch.length && performance.now() < stopAt) {
    const one = batch[end++]!;
    try {
      judgements.push(judge(one.question));
      pending.push(one);
    } catch (error) {
      one.reject(error);
    }
  }
  return { pending, judgements, end };
}

async function signSlice(slice: Slice, desk: Desk): Promise<Signed> {
  try {
    const { pending, judgements } = await answerRemembered(slice, desk);
    return { pending, judgements: judgements.length === 0 ? [] : await desk.ledger.sign(judgements) };
  } catch (error) {
    for (const { reject } of slice.pending) reject(error);
    return { pending: [], judgements: [] };
  }
}

/** Answers what is remembered, and gives what is left to be signed. */
async function answerRemembered(slice: Slice, { ledger, memory, observe }: Desk): Promise<Slice> {
  if (!memory) return slice;
  const kid = await ledger.currentKeyId();
  const pending: Pending[] = [];
  const judgements: Judgement[] = [];
  slice.judgements.forEach((judgement, index) => {
    const made = memory.find(judgement, kid);
    if (made) {
      observe?.(made.decision, "repeated");
      slice.pending[index]!.resolve(made);
      return;
    }
    pending.push(slice.pending[index]!);
    judgements.push(judgement);
  });
  return { pending, judgements };
}

function judge({ case: enterprise, purpose, scheme }: Question): Judgement {
  const { creditCode, asOf, knownAt } = enterprise.key;
  return {
    creditCode,
    asOf,
    knownAt,
    decision: enterprise.apply(scheme).decide(purpose),
    evidence: enterprise.kept(),
  };
}
