/** The part of an assessment that one purpose needs, as one verdict. Pure. */
import type { Pack } from "../policy/pack/pack";
import type { Assessment, Decision, Purpose, Reason } from "./assessment";
import { reviewDay } from "./review";
import { sentenceOf } from "./sentence";

/** The decision for a purpose. `assessment` must come from `assess` with the same pack. */
export function decide(pack: Pack, assessment: Assessment, purpose: Purpose): Decision {
  const outcome = assessment.outcomes[purpose];
  const measures = assessment.measures.filter((measure) => measure.purpose === purpose);
  const reasons = reasonsOf(assessment, purpose);
  const reviewOn = reviewDay(pack.program, assessment, purpose);
  const deciding = reasons.filter(({ counted, measure }) => counted && measure !== null);
  const { missing, scheme, warnings } = assessment;
  const sentence = sentenceOf({ purpose, outcome, reasons: deciding, missing, reviewOn });
  return { purpose, outcome, sentence, measures, reasons, missing, reviewOn, scheme, warnings };
}

// Rows for the purpose first, then what bears on every purpose: the grade, grounds, what did not count.
function reasonsOf({ reasons }: Assessment, purpose: Purpose): readonly Reason[] {
  return [
    ...reasons.filter(({ measure }) => measure?.purpose === purpose),
    ...reasons.filter(({ measure }) => measure === null),
  ];
}
