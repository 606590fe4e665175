/** `joint` over the cache: firms are judged by the packs of the repository, and decisions signed, kept and remembered. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCharacter } from "../../../schema/credit-code";
import { policiesFolder } from "../../../subgraphs/joint";
import { openCase } from "../../../subgraphs/joint/judgement/case";
import { createDecisionMemory } from "../../../subgraphs/joint/judgement/decision-memory";
import { createDecisions } from "../../../subgraphs/joint/judgement/decisions";
import { createJudge } from "../../../subgraphs/joint/judgement/judge";
import type { Keyring } from "../../../subgraphs/joint/ledger/keyring";
import { createLedger } from "../../../subgraphs/joint/ledger/ledger";
import type { ReceiptContent } from "../../../subgraphs/joint/ledger/receipt-content";
import { openSigningKey, type SigningKey } from "../../../subgraphs/joint/ledger/signing-key";
import type { LedgerStore } from "../../../subgraphs/joint/ledger/store";
import { loadPacks } from "../../../subgraphs/joint/policy/pack/load-packs";

/** A decision as its receipt tells it. */
export interface DecidedFirm {
  readonly outcome: string;
  readonly kid: string;
  readonly content: ReceiptContent;
}

const AS_OF = "2013-12-31";
export const REMEMBERED_MS = 60;

const creditCodeOf = (firm: string): string => {
  const body = `91330206MA000000${firm === "a" ? "1" : firm === "b" ? "2" : "3"}`;
  return body + checkCharacter(body);
};

/** An odd number is a grade D on record at the safety bureau, which bars a rebate; an even one is nothing on record. */
function lend(firm: string, value: number | null) {
  const creditCode = creditCodeOf(firm);
  const nothing = { status: "NONE_ON_RECORD", creditCode, facts: [] };
  const graded = {
    id: `grade-${value}`,
    type: "GradeDetermination",
    documentNumber: `grade/${value}`,
    validFrom: "2013-06-01",
    status: "ACTIVE",
    values: { scheme: "nb-smart-safety", grade: "D", cause: "ACCIDENT" },
  };
  const safety = (value ?? 0) % 2 === 0 ? nothing : { ...nothing, status: "ON_RECORD", facts: [graded] };
  return {
    creditCode,
    safetyEvidence: value === null ? null : safety,
    transportEvidence: nothing,
    constructionEvidence: nothing,
    taxEvidence: nothing,
    financeEvidence: nothing,
  };
}

/** Whether a receipt rests on this number. */
export const restsOn = (value: number, { content }: DecidedFirm): boolean =>
  content.evidence.facts.join() === (value % 2 === 0 ? "" : `grade-${value}`);

/** Opens the desk. */
export async function openDecisionDesk() {
  const registry = await loadPacks(policiesFolder);
  const folder = mkdtempSync(join(tmpdir(), "hub-desk-"));
  const keys: SigningKey[] = [];
  const rotate = async () => void keys.push(await openSigningKey(join(folder, String(keys.length))));
  await rotate();
  const keyring = { current: async () => keys.at(-1)! } as unknown as Keyring;
  const stored = new Set<string>();
  const store = {
    insert: async (receipts: readonly { readonly id: string }[]) =>
      receipts.forEach(({ id }) => stored.add(id)),
  } as unknown as LedgerStore;
  const counts = { made: 0, repeated: 0 };
  const bench = { registry, judge: createJudge() };
  const decisions = createDecisions({
    ledger: createLedger(store, keyring),
    memory: createDecisionMemory({ charactersMax: 1_000_000, ageMsMax: REMEMBERED_MS }),
    observe: (_decision, how) => counts[how]++,
  });
  return {
    counts,
    rotate,
    kid: () => keys.at(-1)!.kid,
    isStored: ({ content }: DecidedFirm) => stored.has(content.id),
    async decide(firm: string, value: number | null): Promise<DecidedFirm> {
      const question = openCase({ ...lend(firm, value), asOf: AS_OF, knownAt: null }, bench);
      const { decision, receipt } = await decisions.make({ case: question, purpose: "REBATE", scheme: null });
      const [header, payload] = receipt
        .jws()
        .split(".")
        .map((part) => Buffer.from(part, "base64url").toString());
      const { kid } = JSON.parse(header!) as { kid: string };
      return { outcome: decision.outcome, kid, content: JSON.parse(payload!) as ReceiptContent };
    },
    close() {
      for (const key of keys) key.close();
      rmSync(folder, { recursive: true });
    },
  };
}
