/** Decides an old question again, with the evidence and the pack of then: the result must be the same, bit for bit. */
import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import { assess } from "../assessment/assess";
import { decide } from "../assessment/decide";
import type { Evidence } from "../evidence/evidence";
import type { Pack, PackRegistry } from "../policy/pack/pack";
import { canonicalText, contentOf, keepEvidence, type ReceiptContent } from "./receipt-content";

/** Whether the decision came out the same; if not, why. */
export type Replay = { readonly same: true } | { readonly same: false; readonly reason: string };

/**
 * Decides again what a receipt says, from the evidence kept beside it. Needs the pack in exactly the version and with exactly
 * the files that decided; a pack that was changed since is not used.
 */
export function replayReceipt(content: ReceiptContent, evidenceText: string, registry: PackRegistry): Replay {
  if (hash("sha256", evidenceText) !== content.evidence.sha256)
    return { same: false, reason: "the evidence that is kept is not the evidence that was used" };
  const pack = findPack(content, registry);
  if (typeof pack === "string") return { same: false, reason: pack };
  const again = canonicalText(decideAgain(content, evidenceText, pack));
  const before = canonicalize(content)!;
  if (again === before) return { same: true };
  return { same: false, reason: `these came out differently: ${differingFields(before, again).join(", ")}` };
}

function findPack({ scheme }: ReceiptContent, { packs }: PackRegistry): Pack | string {
  const named = packs.find((pack) => pack.scheme.id === scheme.id && pack.scheme.version === scheme.version);
  if (!named) return `the pack ${scheme.id} ${scheme.version} is not in this hub`;
  if (named.scheme.sha256 !== scheme.sha256)
    return `the pack ${scheme.id} ${scheme.version} was changed: its digest is no longer ${scheme.sha256}`;
  return named;
}

function decideAgain(content: ReceiptContent, evidenceText: string, pack: Pack): ReceiptContent {
  const { creditCode, asOf, knownAt, purpose, id, decidedAt } = content;
  const evidence = JSON.parse(evidenceText) as Evidence;
  const decision = decide(pack, assess(pack, evidence, { asOf, knownAt }), purpose);
  const judgement = { creditCode, asOf, knownAt, decision, evidence: keepEvidence(creditCode, evidence) };
  return contentOf(judgement, { id, decidedAt });
}

function differingFields(before: string, again: string): readonly string[] {
  const [one, other] = [JSON.parse(before), JSON.parse(again)] as Record<string, unknown>[];
  const names = new Set([...Object.keys(one!), ...Object.keys(other!)]);
  return [...names].filter((name) => JSON.stringify(one![name]) !== JSON.stringify(other![name])).sort();
}
