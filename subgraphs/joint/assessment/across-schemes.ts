/**
 * Several schemes on one enterprise, side by side. Each keeps its own reasons; between them the joint rules hold: a punishment goes
 * before an incentive in the same matter, and whoever is listed for joint punishment in one field has no incentives in the others.
 * What gives way stays visible as OVERRIDDEN, with the row that made it give way. Pure.
 */
import type { EvidenceFact } from "../evidence/evidence";
import { JOINT_RULES_TABLE, type JointRule, type JointRules } from "../policy/pack/joint-rules";
import type { Pack } from "../policy/pack/pack";
import type { Assessment, Listing, Measure, MissingSource, Reason } from "./assessment";
import { referenceTo } from "./references";

/** An assessment with the pack that it was made by. */
export interface SchemeAssessment {
  readonly pack: Pack;
  readonly assessment: Assessment;
}

/** Holds the assessments against each other; in the order given. */
export function applyJointRules(
  assessed: readonly SchemeAssessment[],
  rules: JointRules,
): readonly Assessment[] {
  return assessed.map((own) => {
    const others = assessed.filter((one) => one !== own);
    const stopped = own.assessment.measures.flatMap((measure) => stopOf(measure, { own, others, rules }));
    const open = openSources(own, others, rules);
    return open.length === 0
      ? withStopped(own.assessment, stopped)
      : withOpen(withStopped(own.assessment, stopped), open);
  });
}

interface Stopped {
  readonly measure: Measure;
  readonly rule: JointRule;
  readonly fact: EvidenceFact | null;
}

interface StopScope {
  readonly own: SchemeAssessment;
  readonly others: readonly SchemeAssessment[];
  readonly rules: JointRules;
}

// A pack that keeps the list itself has said what follows from it.
function stopOf(measure: Measure, { own, others, rules }: StopScope): readonly Stopped[] {
  if (measure.direction !== "INCENTIVE") return [];
  const { listedElsewhere, punishmentFirst } = rules;
  for (const { assessment } of others) {
    const listing = assessment.lists.find(
      ({ list, direction }) =>
        direction === "PUNISHMENT" && listedElsewhere.lists.includes(list) && !(list in own.pack.file.lists),
    );
    if (listing) return [{ measure, rule: listedElsewhere, fact: factOf(listing, assessment) }];
  }
  const isPunished = others.some(({ assessment }) =>
    assessment.measures.some(
      ({ direction, purpose }) =>
        direction === "PUNISHMENT" && purpose !== null && purpose === measure.purpose,
    ),
  );
  return isPunished ? [{ measure, rule: punishmentFirst, fact: null }] : [];
}

function factOf({ list, department, since }: Listing, { evidence }: Assessment): EvidenceFact | null {
  const told = department === "JOINT" || department === "OTHER" ? undefined : evidence[department];
  if (told?.status !== "KNOWN") return null;
  const isThat = ({ type, values }: EvidenceFact) =>
    type === "ListEntry" && values["list"] === list && values["publishedOn"] === since;
  return told.facts.find(isThat) ?? null;
}

// A code may stand for either direction, as the row says.
function isAmong(measures: readonly Measure[]): (measure: Measure | null) => boolean {
  const keys = new Set(measures.map(({ code, direction }) => `${code} ${direction}`));
  return (measure) => measure !== null && keys.has(`${measure.code} ${measure.direction}`);
}

function withStopped(assessment: Assessment, stopped: readonly Stopped[]): Assessment {
  if (stopped.length === 0) return assessment;
  const isStopped = isAmong(stopped.map(({ measure }) => measure));
  const reasons = assessment.reasons.map((reason): Reason =>
    reason.counted && isStopped(reason.measure)
      ? { ...reason, counted: false, whyNot: "OVERRIDDEN" }
      : reason,
  );
  const rows = stopped.map(({ measure, rule: { row, legalBasis, zh, en }, fact }): Reason => ({
    fact: fact && referenceTo(fact),
    rule: { table: JOINT_RULES_TABLE, row, text: { zh, en }, legalBasis },
    measure,
    counted: false,
    whyNot: "OVERRIDDEN",
  }));
  return {
    ...assessment,
    measures: assessment.measures.filter((measure) => !isStopped(measure)),
    reasons: [...reasons, ...rows],
  };
}

// While it is open whether the enterprise is on such a list, or punished elsewhere in the matter, an incentive is not certain.
function openSources(
  own: SchemeAssessment,
  others: readonly SchemeAssessment[],
  { listedElsewhere }: JointRules,
): readonly MissingSource["department"][] {
  if (!own.assessment.measures.some(({ direction }) => direction === "INCENTIVE")) return [];
  const purposes = new Set<string | null>(
    own.assessment.measures.flatMap(({ direction, purpose }) => (direction === "INCENTIVE" ? [purpose] : [])),
  );
  const matters = (what: string) => listedElsewhere.lists.includes(what) || purposes.has(what);
  const open = others.flatMap(({ assessment }) =>
    assessment.missing.filter((one) => one.couldChange.some(matters)),
  );
  return [...new Set(open.map(({ department }) => department))];
}

function withOpen(assessment: Assessment, departments: readonly MissingSource["department"][]): Assessment {
  const incentives = assessment.measures.filter(({ direction }) => direction === "INCENTIVE");
  if (incentives.length === 0) return assessment;
  const codes = incentives.map(({ code }) => code);
  const isOpen = isAmong(incentives);
  const before = assessment.missing.filter(({ department }) => !departments.includes(department));
  const named = departments.map((department): MissingSource => {
    const known = assessment.missing.find((one) => one.department === department)?.couldChange ?? [];
    return { department, couldChange: [...new Set([...known, ...codes])] };
  });
  return {
    ...assessment,
    measures: assessment.measures.filter((measure) => !isOpen(measure)),
    reasons: assessment.reasons.filter(({ counted, measure }) => !counted || !isOpen(measure)),
    missing: [...before, ...named],
    undetermined: true,
  };
}
