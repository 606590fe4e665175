/** The part of an assessment that one purpose needs, as one verdict. Pure. */
import type { Pack } from "../policy/pack/pack";
import type { Assessment, Decision, Purpose } from "./assessment";

/** The decision for a purpose. `assessment` must come from `assess` with the same pack. */
export function decide(pack: Pack, assessment: Assessment, purpose: Purpose): Decision {
  throw new Error(`${pack.scheme.id} ${assessment.scheme.version} cannot decide ${purpose} yet`);
}
