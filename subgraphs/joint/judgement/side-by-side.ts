/** Every scheme that has something to say about one enterprise, each applied by itself and then held against the others. */
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";
import { applyJointRules, type SchemeAssessment } from "../assessment/across-schemes";
import type { Assessment } from "../assessment/assessment";
import type { Evidence } from "../evidence/evidence";
import { packsInForce, reachOf } from "../policy/pack/fitting";
import { loadJointRules } from "../policy/pack/joint-rules";
import type { Pack, PackRegistry, Subject } from "../policy/pack/pack";
import type { Case } from "./case";

/**
 * The assessments that are shown: of the packs made for the enterprise's place or trade and of the one that is chosen for it; of
 * packs for everywhere, when they say something; and of packs for elsewhere on whose lists it is on record.
 */
export function assessSideBySide(
  subject: Subject,
  enterprise: Case,
  registry: PackRegistry,
): readonly Assessment[] {
  const { asOf } = enterprise.key;
  const chosen = registry.choose(subject, asOf);
  const onRecord = listsOf(subject.evidence);
  const isConcerned = (pack: Pack): boolean =>
    pack === chosen ||
    reachOf(pack, subject) !== "ELSEWHERE" ||
    Object.keys(pack.file.lists).some((list) => onRecord.has(list));
  const assessed = packsInForce(registry, asOf)
    .filter(isConcerned)
    .map((pack): SchemeAssessment => ({ pack, assessment: enterprise.apply(pack.scheme.id).assessment }));
  const held = applyJointRules(assessed, loadJointRules());
  return held.filter((_assessment, at) => {
    const { pack } = assessed[at]!;
    const isForIt = pack === chosen || reachOf(pack, subject) === "PLACE";
    return isForIt || saysSomething(assessed[at]!.assessment);
  });
}

function listsOf(evidence: Evidence): ReadonlySet<unknown> {
  const told = FACT_DEPARTMENTS.map((department) => evidence[department]);
  const facts = told.flatMap((one) => (one.status === "KNOWN" ? one.facts : []));
  return new Set(
    facts
      .filter(({ type }) => type === "ListEntry" || type === "ProcedureStep")
      .map(({ values }) => values["list"]),
  );
}

function saysSomething(assessment: Assessment): boolean {
  const { score, grade, title, lists, proposedLists, measures, undetermined } = assessment;
  const hasTitle = title !== null && title !== "NONE";
  const holds = lists.length + proposedLists.length + measures.length > 0;
  return holds || hasTitle || score !== null || grade !== null || undetermined;
}
