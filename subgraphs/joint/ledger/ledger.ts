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
  readonly jws: string;
}

/** A receipt found again, with what it says and where it stands among the answers to the same question. */
export interface FoundReceipt extends Receipt {
  readonly content: ReceiptContent;
}

/** The ledger. */
export interface Ledger {
  /** Receipts of judgements, in their order. Rejects, and then none of them was kept, when they cannot be kept. */
  readonly keep: (judgements: readonly Judgement[]) => Promise<readonly Receipt[]>;
  readonly find: (id: string) => Promise<FoundReceipt | undefined>;
  /** The id of the receipt that answered the same question next before or next after, if there is one. */
  readonly findNeighbour: (id: string, side: "earlier" | "later") => Promise<string | undefined>;
  /** The evidence that a receipt rests on, as text; undefined when it is not kept. */
  readonly findEvidence: (content: ReceiptContent) => Promise<string | undefined>;
}

/** The ledger over its store, signing with the keyring. */
export function createLedger(store: LedgerStore, keyring: Keyring): Ledger {
  return {
    async keep(judgements) {
      const kept = await signAll(judgements, keyring);
      await store.insert(kept, distinctEvidence(judgements));
      return kept.map(toReceipt);
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
  return { id, decidedAt, jws: jwsOf(kid, content, signature) };
}

async function signAll(judgements: readonly Judgement[], keyring: Keyring): Promise<readonly KeptReceipt[]> {
  const { kid, sign } = await keyring.current();
  const decidedAt = new Date().toISOString();
  return Promise.all(
    judgements.map(async (judgement): Promise<KeptReceipt> => {
      const id = newId();
      const content = canonicalText(contentOf(judgement, { id, decidedAt }));
      const { creditCode, asOf, decision, evidence } = judgement;
      return {
        id,
        creditCode,
        purpose: decision.purpose,
        scheme: decision.scheme.id,
        asOf,
        outcome: decision.outcome,
        decidedAt,
        evidenceSha256: evidence.summary.sha256,
        kid,
        signature: await sign(content),
        content,
      };
    }),
  );
}

function distinctEvidence(judgements: readonly Judgement[]): readonly KeptEvidenceText[] {
  const distinct = new Map<string, KeptEvidenceText>();
  for (const { evidence } of judgements) {
    const { creditCode, text, summary } = evidence;
    distinct.set(creditCode + summary.sha256, { creditCode, sha256: summary.sha256, text });
  }
  // In one order everywhere, so that two batches with the same evidence never wait for each other in a circle.
  return [...distinct.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}
