/** One enterprise on one day before the judge: what was lent is read once, however many purposes ask. */
import { HubError } from "../../../schema/errors";
import type { Evidence } from "../evidence/evidence";
import { type LentBranches, parseEvidence } from "../evidence/parse-evidence";
import { type KeptEvidence, keepEvidence } from "../ledger/receipt-content";
import type { Pack, PackRegistry } from "../policy/pack/pack";
import type { Assessed, Judge, ReadEvidence } from "./judge";

/** Who is judged and when, with what the departments lent, as it came over the graph. */
export interface CaseKey extends LentBranches {
  readonly knownAt: string | null;
}

/** A case. Nothing in it is computed before it is asked for. */
export interface Case {
  readonly key: CaseKey;
  /** The scheme's version for the day applied; the pack of the place and the trade when no scheme is named. */
  readonly apply: (scheme: string | null) => Assessed;
  /** What was lent, as it was read. */
  readonly evidence: () => Evidence;
  /** The evidence as the ledger keeps it. */
  readonly kept: () => KeptEvidence;
}

/** By what cases are judged. */
export interface Bench {
  readonly registry: PackRegistry;
  readonly judge: Judge;
}

/** Opens the case of an enterprise. */
export function openCase(key: CaseKey, { registry, judge }: Bench): Case {
  let read: ReadEvidence | undefined;

  function readEvidence(): ReadEvidence {
    if (read) return read;
    const evidence = parseEvidence(key);
    return (read = { evidence, kept: keepEvidence(key.creditCode, evidence) });
  }

  function findPack(scheme: string | null): Pack {
    if (scheme === null) {
      const { evidence } = readEvidence();
      const chosen = registry.choose({ creditCode: key.creditCode, evidence }, key.asOf);
      if (chosen) return chosen;
      throw new HubError("NOT_FOUND", "No policy pack is in force here.");
    }
    const found = registry.find(scheme, key.asOf);
    if (found) return found;
    throw new HubError("NOT_FOUND", "There is no such scheme; Query.schemes lists them.");
  }

  return {
    key,
    evidence: () => readEvidence().evidence,
    kept: () => readEvidence().kept,
    apply(scheme) {
      const { asOf, knownAt } = key;
      return judge.assess(findPack(scheme), readEvidence(), { asOf, knownAt });
    },
  };
}
