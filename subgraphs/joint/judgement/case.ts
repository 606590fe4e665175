/** One enterprise on one day before the judge: the evidence is read once, each pack is applied once. */
import { HubError } from "../../../schema/errors";
import { assess } from "../assessment/assess";
import type { Assessment } from "../assessment/assessment";
import type { Evidence } from "../evidence/evidence";
import { type LentBranches, parseEvidence } from "../evidence/parse-evidence";
import { type KeptEvidence, keepEvidence } from "../ledger/receipt-content";
import type { Pack, PackRegistry } from "../policy/pack/pack";

/** Who is judged and when, with what the departments lent, as it came over the graph. */
export interface CaseKey extends LentBranches {
  readonly knownAt: string | null;
}

/** A pack applied to the enterprise. */
export interface AppliedPack {
  readonly pack: Pack;
  readonly assessment: Assessment;
}

/** A case. Everything in it is computed when it is first asked for. */
export interface Case {
  readonly key: CaseKey;
  /** The scheme's version for the day applied; the pack of the place and the trade when no scheme is named. */
  readonly apply: (scheme: string | null) => AppliedPack;
  /** The evidence as the ledger keeps it. */
  readonly kept: () => KeptEvidence;
}

/** Opens the case of an enterprise. */
export function openCase(key: CaseKey, registry: PackRegistry): Case {
  let evidence: Evidence | undefined;
  let kept: KeptEvidence | undefined;
  const applied = new Map<Pack, AppliedPack>();
  const readEvidence = (): Evidence => (evidence ??= parseEvidence(key));

  function findPack(scheme: string | null): Pack {
    if (scheme === null) {
      const chosen = registry.choose({ creditCode: key.creditCode, evidence: readEvidence() }, key.asOf);
      if (chosen) return chosen;
      throw new HubError("NOT_FOUND", "No policy pack is in force here.");
    }
    const found = registry.find(scheme, key.asOf);
    if (found) return found;
    throw new HubError("NOT_FOUND", "There is no such scheme; Query.schemes lists them.");
  }

  return {
    key,
    kept: () => (kept ??= keepEvidence(key.creditCode, readEvidence())),
    apply(scheme) {
      const pack = findPack(scheme);
      const before = applied.get(pack);
      if (before) return before;
      const { asOf, knownAt } = key;
      const fresh = { pack, assessment: assess(pack, readEvidence(), { asOf, knownAt }) };
      applied.set(pack, fresh);
      return fresh;
    },
  };
}
