/**
 * Applies packs, and remembers what came of it. For four of five enterprises of a city nothing that the pack looks at sets them
 * apart, and no fact of theirs is named in what follows: what looks the same is judged once (`sight.ts`), also what a silent
 * department could change, which is the dearest thing to find out. Of the others the same evidence has the same consequences;
 * remembered is what was asked for a second time: in a screening most evidence is seen once, and to keep what came of it would
 * cost more than to judge.
 */
import { LRUCache } from "lru-cache";
import { assess, type JudgedAt } from "../assessment/assess";
import type { Assessment, Decision, Purpose } from "../assessment/assessment";
import { decide } from "../assessment/decide";
import { createSight, type Sight } from "../assessment/sight";
import type { Evidence } from "../evidence/evidence";
import type { KeptEvidence } from "../ledger/receipt-content";
import type { Pack } from "../policy/pack/pack";

/** An assessment with the decisions that were drawn from it. Its evidence may be reduced to what the pack can see. */
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

// Of the text of evidence, or of what is seen of it; what is remembered takes about three times as much.
const OWN_CHARACTERS_MAX = 16_000_000;
const SHARED_CHARACTERS_MAX = 4_000_000;
const CHARACTERS_EACH = 2_000;
// Keys of what was judged once, about 200 bytes each; forgotten all together.
const SEEN_ONCE_MAX = 20_000;

/** A judge with a bounded memory. Throws what `assess` and `decide` throw, and remembers no failure. */
export function createJudge(): Judge {
  const shared = new LRUCache<string, Assessed>({ maxSize: SHARED_CHARACTERS_MAX });
  const own = createMemoryOfSeconds();
  const eyesOf = createEyes();
  // The purposes of one enterprise follow one another.
  let last: { readonly key: string; readonly assessed: Assessed } | undefined;

  function judge(pack: Pack, { evidence, kept }: ReadEvidence, at: JudgedAt): Assessed {
    const { number, see } = eyesOf(pack);
    const question = `${number} ${at.asOf} ${at.knownAt}`;
    const key = `${question} ${kept.summary.sha256}`;
    if (last?.key === key) return last.assessed;
    const before = own.find(key);
    if (before) return before;
    const seen = see(evidence);
    const look = `${question} ${seen.text}`;
    const alike = shared.get(look);
    if (alike) return alike;
    const assessment = assess(pack, evidence, at);
    // Nothing of this enterprise may be in what is said of others, not even unread.
    const isShared = namesNoFact(assessment);
    const assessed = withDecisions(pack, isShared ? { ...assessment, evidence: seen.evidence } : assessment);
    if (isShared) shared.set(look, assessed, { size: look.length + CHARACTERS_EACH });
    else own.keepSecond(key, assessed, kept.text.length);
    last = { key, assessed };
    return assessed;
  }

  return { assess: judge };
}

function namesNoFact({ reasons, scoreItems }: Assessment): boolean {
  return reasons.every(({ fact }) => fact === null) && scoreItems.every(({ fact }) => fact === null);
}

interface Eyes {
  readonly number: number;
  readonly see: Sight;
}

/** What each pack sees with, and a number that stands for it in keys. */
function createEyes(): (pack: Pack) => Eyes {
  const known = new WeakMap<Pack, Eyes>();
  let lastNumber = 0;
  return (pack) => {
    const before = known.get(pack);
    if (before) return before;
    const eyes = { number: ++lastNumber, see: createSight([pack]) };
    known.set(pack, eyes);
    return eyes;
  };
}

/** Remembers what it is given for the second time. */
function createMemoryOfSeconds() {
  const remembered = new LRUCache<string, Assessed>({ maxSize: OWN_CHARACTERS_MAX });
  const seenOnce = new Set<string>();
  return {
    find: (key: string): Assessed | undefined => remembered.get(key),
    keepSecond(key: string, assessed: Assessed, characters: number): void {
      if (seenOnce.delete(key)) {
        remembered.set(key, assessed, { size: characters + CHARACTERS_EACH });
        return;
      }
      if (seenOnce.size >= SEEN_ONCE_MAX) seenOnce.clear();
      seenOnce.add(key);
    },
  };
}

function withDecisions(pack: Pack, assessment: Assessment): Assessed {
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
