/** Evidence and a pack make an assessment: all that follows for one enterprise on one day under one scheme. Pure. */
import type { Evidence } from "../evidence/evidence";
import type { Pack } from "../policy/pack/pack";
import type { Assessment } from "./assessment";

/** The two times of a judgement: the day asked about, and what had been recorded by when (null: by now). */
export interface JudgedAt {
  readonly asOf: string;
  readonly knownAt: string | null;
}

/** Applies a pack to the evidence of all departments. Throws PolicyError when a table breaks its hit policy. */
export function assess(pack: Pack, evidence: Evidence, at: JudgedAt): Assessment {
  throw new Error(`${pack.scheme.id} cannot be applied yet on ${at.asOf} (${Object.keys(evidence).length})`);
}
