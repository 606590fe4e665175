/** The ledger of decisions: each one is signed and durable before anybody sees it, a batch of them in one statement. */
import { v7 as newId } from "uuid";
import type { Keyring } from "./keyring";
import { canonicalText, contentOf, type Judgement, type ReceiptContent } from "./receipt-content";
import { jwsOf } from "./receipt-jws";
import type { KeptEvidenceText, KeptReceipt, LedgerStore } from "./store";

/** What makes a judgement a decision: the id of its receipt, its instant, and the signed receipt. */
export interface Receipt {
  readonly id: string;
  readonly decidedAt: string;
  /** The compact JWS; put together when it is asked for. */
  readonly jws: () => string;
}

/** A receipt found again, with what it says. */
export interface FoundReceipt extends Receipt {
  readonly content: ReceiptContent;
}

/** A judgement that has been signed and is not yet kept: nobody may see it before `store` has resolved. */
export interface SignedJudgement {
  readonly judgement: Judgement;
  readonly kept: KeptReceipt;
}

/** The ledger. */
export interface Ledger {
  /** The id of the key that is signed with now. Throws when the ledger's database cannot be asked. */
  readonly currentKeyId: () => Promise<string>;
  /** Gives judgements their ids and instant and signs them, in their order. */
  readonly sign: (judgements: readonly Judgement[]) => Promise<readonly SignedJudgement[]>;
  /** Durable when it resolves, with the receipts in their order. Rejects when they cannot be kept; then none of them was. */
  readonly store: (signed: readonly SignedJudgement[]) => Promise<readonly Receipt[]>;
  readonly find: (id: string) => Promise<FoundReceipt | undefined>;
  /** The id of the receipt that answered the same question next before or next after, if there is one. */
  readonly findNeighbour: (id: string, side: "earlier" | "later") => Promise<string | undefined>;
  /** The evidence that a receipt rests on, as text; undefined when it is not kept. */
  readonly findEvidence: (content: ReceiptContent) => Promise<string | undefined>;
}

/** The ledger over its store, signing with the keyring. */
export function createLedger(store: LedgerStore, keyring: Keyring): Ledger {
  return {
    currentKeyId: async () => (await keyring.current()).kid,
    sign: (judgements) => signAll(judgements, keyring),
    async store(signed) {
      await store.insert(
        signed.map(({ kept }) => kept),
        distinctEvidence(signed),
      );
      return signed.map(({ kept }) => toReceipt(kept));
    },
    async find(id) {
      const kept = await store.findReceipt(id);
      return kept && { ...toReceipt(kept), content: JSON.parse(kept.content) as ReceiptContent };
    },
    async findNeighbour(id, side) {
      const kept = await store.findReceipt(id);
      return kept && store.findNeighbour(kept, side);
    },
    findEvidence: ({ creditCode, evidence }) => store.findEvidence(creditCode, evidence.sha256),
  };
}

function toReceipt({ id, decidedAt, kid, content, signature }: KeptReceipt): Receipt {
  return { id, decidedAt, jws: () => jwsOf(kid, content, signature) };
}

async function signAll(
  judgements: readonly Judgement[],
  keyring: Keyring,
): Promise<readonly SignedJudgement[]> {
  const { kid, sign } = await keyring.current();
  const decidedAt = new Date().toISOString();
  const stamps = judgements.map(() => ({ id: newId(), decidedAt }));
  const contents = judgements.map((judgement, index) => canonicalText(contentOf(judgement, stamps[index]!)));
  const signatures = await sign(contents);
  return judgements.map((judgement, index) => ({
    judgement,
    kept: {
      ...stamps[index]!,
      creditCode: judgement.creditCode,
      purpose: judgement.decision.purpose,
      scheme: judgement.decision.scheme.id,
      asOf: judgement.asOf,
      outcome: judgement.decision.outcome,
      evidenceSha256: judgement.evidence.summary.sha256,
      kid,
      signature: signatures[index]!,
      content: contents[index]!,
    },
  }));
}

function distinctEvidence(signed: readonly SignedJudgement[]): readonly KeptEvidenceText[] {
  const distinct = new Map<string, KeptEvidenceText>();
  for (const { judgement } of signed) {
    const { creditCode, text, summary } = judgement.evidence;
    distinct.set(creditCode + summary.sha256, { creditCode, sha256: summary.sha256, text });
  }
  // In one order everywhere, so that two batches with the same evidence never wait for each other in a circle.
  return [...distinct.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}
