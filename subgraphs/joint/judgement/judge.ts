/**
 * Applies packs, and remembers what came of it: the same evidence under the same pack on the same day has the same
 * consequences, for whichever enterprise. Most enterprises of a city have nothing on record, and what a silent department could
 * change is the same for all of them - and the dearest thing to find out. Remembered is what was asked for a second time: in a
 * screening most evidence is seen once, and to keep what came of it would cost more than to judge.
 */
import { LRUCache } from "lru-cache";
import { assess, type JudgedAt } from "../assessment/assess";
import type { Assessment, Decision, Purpose } from "../assessment/assessment";
import { decide } from "../assessment/decide";
import type { Evidence } from "../evidence/evidence";
import type { KeptEvidence } from "../ledger/receipt-content";
import type { Pack } from "../policy/pack/pack";

/** An assessment with the decisions that were drawn from it. */
export interface Assessed {
  readonly assessment: Assessment;
  readonly decide: (purpose: Purpose) => Decision;
}

/** What is judged: the evidence as it was read, and as it is kept. */
export interface ReadEvidence {
  readonly evidence: Evidence;
  readonly kept: KeptEvidence;
}

/** Applies packs to evidence. */
export interface Judge {
  readonly assess: (pack: Pack, read: ReadEvidence, at: JudgedAt) => Assessed;
}

// Of evidence text; what is remembered of it takes about three times as much.
const CHARACTERS_MAX = 16_000_000;
const CHARACTERS_EACH = 2_000;
// Keys of what was judged once, about 200 bytes each; forgotten all together.
const SEEN_ONCE_MAX = 20_000;

/** A judge with a bounded memory. Throws what `assess` and `decide` throw, and remembers no failure. */
export function createJudge(): Judge {
  const remembered = new LRUCache<string, Assessed>({ maxSize: CHARACTERS_MAX });
  const seenOnce = new Set<string>();
  // The purposes of one enterprise follow one another.
  let last: { readonly key: string; readonly assessed: Assessed } | undefined;
  const packNumbers = new WeakMap<Pack, number>();
  let lastPackNumber = 0;

  function numberOf(pack: Pack): number {
    const known = packNumbers.get(pack);
    if (known !== undefined) return known;
    packNumbers.set(pack, ++lastPackNumber);
    return lastPackNumber;
  }

  function noteSeen(key: string): void {
    if (seenOnce.size >= SEEN_ONCE_MAX) seenOnce.clear();
    seenOnce.add(key);
  }

  return {
    assess(pack, { evidence, kept }, at) {
      const key = `${numberOf(pack)} ${at.asOf} ${at.knownAt} ${kept.summary.sha256}`;
      if (last?.key === key) return last.assessed;
      const before = remembered.get(key);
      if (before) return before;
      const fresh = rememberDecisions(pack, assess(pack, evidence, at));
      if (seenOnce.delete(key)) remembered.set(key, fresh, { size: kept.text.length + CHARACTERS_EACH });
      else noteSeen(key);
      last = { key, assessed: fresh };
      return fresh;
    },
  };
}

function rememberDecisions(pack: Pack, assessment: Assessment): Assessed {
  const decisions = new Map<Purpose, Decision>();
  return {
    assessment,
    decide(purpose) {
      const before = decisions.get(purpose);
      if (before) return before;
      const fresh = decide(pack, assessment, purpose);
      decisions.set(purpose, fresh);
      return fresh;
    },
  };
}
