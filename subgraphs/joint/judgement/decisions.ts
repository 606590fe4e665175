/**
 * Makes decisions in batches: whatever is asked for at the same time, by one request or by many, is judged, signed and kept
 * together. Judging pauses often enough for other requests to be heard.
 */
import { HubError } from "../../../schema/errors";
import type { Decision, Purpose } from "../assessment/assessment";
import { decide } from "../assessment/decide";
import type { Ledger, Receipt } from "../ledger/ledger";
import type { Judgement } from "../ledger/receipt-content";
import type { Case } from "./case";

/** One decision to make. `scheme` null: by the pack of the place and the trade. */
export interface Question {
  readonly case: Case;
  readonly purpose: Purpose;
  readonly scheme: string | null;
}

/** A decision that was signed and is durable. */
export interface MadeDecision {
  readonly decision: Decision;
  readonly receipt: Receipt;
}

/** Told of every decision that was made, for the metrics. */
export type DecisionObserver = (decision: Decision) => void;

/** The desk at which decisions are asked for. */
export interface Decisions {
  readonly make: (question: Question) => Promise<MadeDecision>;
}

interface Pending {
  readonly question: Question;
  readonly resolve: (made: MadeDecision) => void;
  readonly reject: (error: unknown) => void;
}

interface Judged {
  readonly pending: Pending;
  readonly judgement: Judgement;
}

const BATCH_MAX = 1_000;
const BATCHES_KEPT_AT_ONCE = 2;
const WAITING_MAX = 20_000;
const JUDGING_SLICE_MS = 5;

/** A desk over a ledger. More than 20,000 decisions waiting are refused with SERVICE_UNAVAILABLE. */
export function createDecisions(ledger: Ledger, observe: DecisionObserver = () => undefined): Decisions {
  let waiting: Pending[] = [];
  let working = false;
  let beingKept = 0;
  let wakeUp: () => void = () => undefined;

  async function keep(judged: readonly Judged[]): Promise<void> {
    beingKept++;
    try {
      const receipts = await ledger.keep(judged.map(({ judgement }) => judgement));
      for (const [index, { pending, judgement }] of judged.entries()) {
        observe(judgement.decision);
        pending.resolve({ decision: judgement.decision, receipt: receipts[index]! });
      }
    } catch (error) {
      for (const { pending } of judged) pending.reject(error);
    } finally {
      beingKept--;
      wakeUp();
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      waiting = waiting.slice(BATCH_MAX);
      const judged = await judgeAll(batch);
      // While two batches are on their way to the disk, the next one grows: that is the group commit.
      while (beingKept >= BATCHES_KEPT_AT_ONCE) await new Promise<void>((resolve) => (wakeUp = resolve));
      if (judged.length > 0) void keep(judged);
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

async function judgeAll(batch: readonly Pending[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  let sliceEnd = performance.now() + JUDGING_SLICE_MS;
  for (const pending of batch) {
    try {
      judged.push({ pending, judgement: judge(pending.question) });
    } catch (error) {
      pending.reject(error);
    }
    if (performance.now() < sliceEnd) continue;
    await new Promise(setImmediate);
    sliceEnd = performance.now() + JUDGING_SLICE_MS;
  }
  return judged;
}

function judge({ case: enterprise, purpose, scheme }: Question): Judgement {
  const { pack, assessment } = enterprise.apply(scheme);
  const { creditCode, asOf, knownAt } = enterprise.key;
  return {
    creditCode,
    asOf,
    knownAt,
    decision: decide(pack, assessment, purpose),
    evidence: enterprise.kept(),
  };
}
