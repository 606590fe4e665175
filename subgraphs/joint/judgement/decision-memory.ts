/**
 * Remembers for seconds which decision answered a question. A decision is made for enterprise, purpose, day, knowledge, pack and
 * evidence; when all of them are the same again, so is what follows, and the receipt that was signed and stored a moment ago is true
 * of the moment that it names. Evidence is the same when its digest is: it is asked for each time, and only then is anything
 * remembered. A silence is not evidence: what was decided while a department was unknown is decided anew each time.
 */
import { LRUCache } from "lru-cache";
import type { CacheSettings } from "../../../schema/cache-settings";
import type { Decision } from "../assessment/assessment";
import type { Receipt } from "../ledger/ledger";
import type { Judgement } from "../ledger/receipt-content";

/** A decision that was signed and is durable. */
export interface MadeDecision {
  readonly decision: Decision;
  readonly receipt: Receipt;
}

/** How much is remembered, in characters of receipts, and how long after `decidedAt`. */
export interface DecisionMemoryLimits {
  readonly charactersMax: number;
  readonly ageMsMax: number;
}

/** As much as the cache keeps of one department; undefined where one of the settings is 0, and nothing is remembered. */
export function limitsAsCached(settings: CacheSettings): DecisionMemoryLimits | undefined {
  const { cacheCharactersMax: charactersMax, cachedDecisionMsMax: ageMsMax } = settings;
  return charactersMax === 0 || ageMsMax === 0 ? undefined : { charactersMax, ageMsMax };
}

/** The memory. `kid` names the key that receipts are signed with now: what another key signed is not answered any more. */
export interface DecisionMemory {
  readonly find: (judgement: Judgement, kid: string) => MadeDecision | undefined;
  /** To be told of every decision once it is durable; it is kept if it was asked for before. */
  readonly keep: (judgement: Judgement, made: MadeDecision, signed: SignedText) => void;
}

/** What a receipt was signed with, and its content. */
export interface SignedText {
  readonly kid: string;
  readonly content: string;
}

interface Remembered {
  readonly made: MadeDecision;
  readonly kid: string;
}

// Keys of what was asked for once, about 250 bytes each; forgotten all together. A screening asks for nothing twice.
const SEEN_ONCE_MAX = 20_000;
// What is held beside the text of a receipt, in its characters.
const CHARACTERS_EACH = 1_000;

/** An empty memory. The clock is the one that receipts are dated by: an age below zero is no age, and nothing is answered. */
export function createDecisionMemory({ charactersMax, ageMsMax }: DecisionMemoryLimits): DecisionMemory {
  const remembered = new LRUCache<string, Remembered>({ maxSize: charactersMax });
  const seenOnce = new Set<string>();

  function noteSeen(key: string): void {
    if (seenOnce.size >= SEEN_ONCE_MAX) seenOnce.clear();
    seenOnce.add(key);
  }

  function mayAnswer({ made, kid }: Remembered, judgement: Judgement, currentKid: string): boolean {
    const ageMs = Date.now() - Date.parse(made.receipt.decidedAt);
    // The judge gives the very same decision back for as long as nothing that it judges by is another.
    return kid === currentKid && made.decision === judgement.decision && ageMs >= 0 && ageMs <= ageMsMax;
  }

  return {
    find(judgement, kid) {
      if (!isHeardOfAll(judgement)) return undefined;
      const key = keyOf(judgement);
      const known = remembered.get(key);
      if (!known) return undefined;
      if (mayAnswer(known, judgement, kid)) return known.made;
      remembered.delete(key);
      noteSeen(key);
      return undefined;
    },
    keep(judgement, made, { kid, content }) {
      if (!isHeardOfAll(judgement)) return;
      const key = keyOf(judgement);
      if (!seenOnce.delete(key) && !remembered.has(key)) return noteSeen(key);
      remembered.set(key, { made, kid }, { size: content.length + CHARACTERS_EACH });
    },
  };
}

function isHeardOfAll({ evidence }: Judgement): boolean {
  return Object.values(evidence.summary.departments).every((status) => status === "KNOWN");
}

function keyOf({ creditCode, asOf, knownAt, decision, evidence }: Judgement): string {
  const { purpose, scheme } = decision;
  return `${creditCode} ${purpose} ${asOf} ${knownAt} ${scheme.id} ${scheme.sha256} ${evidence.summary.sha256}`;
}
