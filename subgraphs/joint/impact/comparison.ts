/** One enterprise under two packs: every question's answer before and after, and what decided it. */
import { LRUCache } from "lru-cache";
import { assess } from "../assessment/assess";
import type { Assessment } from "../assessment/assessment";
import type { Evidence } from "../evidence/evidence";
import type { Pack } from "../policy/pack/pack";
import { questionsAbout, UNDETERMINED, type Question } from "./questions";
import { createSight } from "../assessment/sight";

/** An answer, and the rows of the pack's tables that led to it. */
export interface Answer {
  readonly value: string;
  readonly rows: readonly string[];
}

/** The answers to one question. `missing`: the silent departments for whose sake an answer is undetermined. */
export interface Compared {
  readonly before: Answer;
  readonly after: Answer;
  readonly missing: readonly string[];
}

/** The answers to all questions, in their order. The same object for every enterprise of whom all is the same. */
export type Comparison = readonly Compared[];

/** The two packs that are compared, and the day. */
export interface Trial {
  readonly before: Pack;
  readonly after: Pack;
  readonly asOf: string;
}

// Of distinct evidence as the packs see it. A city of 500,000 has a few ten thousand.
const REMEMBERED_MAX = 50_000;

/** Compares evidence after evidence. Throws PolicyError when a pack's table breaks its hit policy over it. */
export function createComparer({ before, after, asOf }: Trial): (evidence: Evidence) => Comparison {
  const see = createSight([before, after]);
  const questions = questionsAbout([before, after]);
  const remembered = new LRUCache<string, Comparison>({ max: REMEMBERED_MAX });
  const distinct = new Map<string, Comparison>();

  function compare(evidence: Evidence): Comparison {
    const [old, changed] = [before, after].map((pack) => assess(pack, evidence, { asOf, knownAt: null }));
    const comparison = questions.map((question) => compareOne(question, old!, changed!));
    const key = JSON.stringify(comparison);
    const known = distinct.get(key);
    if (known) return known;
    distinct.set(key, comparison);
    return comparison;
  }

  return (evidence) => {
    const seen = see(evidence);
    const known = remembered.get(seen.text);
    if (known) return known;
    const comparison = compare(seen.evidence);
    remembered.set(seen.text, comparison);
    return comparison;
  };
}

function compareOne(question: Question, before: Assessment, after: Assessment): Compared {
  const answers = { before: answerTo(question, before), after: answerTo(question, after) };
  const isOpen = answers.before.value === UNDETERMINED || answers.after.value === UNDETERMINED;
  return { ...answers, missing: isOpen ? missingFor(question, [before, after]) : [] };
}

function answerTo(question: Question, assessment: Assessment): Answer {
  const deciding = assessment.reasons.filter((reason) => reason.counted && question.isReason(reason));
  const rows = [...new Set(deciding.map(({ rule }) => rule.row))].sort();
  return { value: question.answer(assessment), rows };
}

function missingFor({ isAbout }: Question, assessments: readonly Assessment[]): readonly string[] {
  const open = assessments.flatMap(({ missing }) =>
    missing.filter(({ couldChange }) => couldChange.some(isAbout)).map(({ department }) => department),
  );
  return [...new Set(open)].sort();
}
