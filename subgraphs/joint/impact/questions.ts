/** What is asked of an assessment when two packs are compared: outcomes by purpose, grade, title, lists, measures. */
import { PURPOSES, type Assessment, type Direction, type Reason } from "../assessment/assessment";
import type { Pack } from "../policy/pack/pack";

/** The answer where a silent department could change it. */
export const UNDETERMINED = "UNDETERMINED";
/** The answer where a pack gives no grade, no title. */
const NONE = "NONE";

/** One question. Answers are codes; those of `worstFirst` are in order, the worst for the enterprise first. */
export interface Question {
  readonly name: string;
  readonly worstFirst: readonly string[];
  readonly answer: (assessment: Assessment) => string;
  /** Whether a matter that a silent department could change is this question's. */
  readonly isAbout: (matter: string) => boolean;
  /** Whether a reason that counted leads to this question's answer. */
  readonly isReason: (reason: Reason) => boolean;
}

/** The questions about two packs: what either of them can answer. */
export function questionsAbout(packs: readonly Pack[]): readonly Question[] {
  const lists = new Map(packs.flatMap(({ file }) => Object.entries(file.lists)));
  const measures = new Map(packs.flatMap(({ file }) => Object.entries(file.measures)));
  const sorted = <Spec extends { readonly direction: Direction }>(specs: ReadonlyMap<string, Spec>) =>
    [...specs].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...PURPOSES.map(purposeQuestion),
    resultQuestion("grade"),
    resultQuestion("title"),
    ...sorted(lists).map(([code, { direction }]) => listQuestion(code, direction)),
    ...sorted(measures).map(([code, { direction }]) => measureQuestion(code, direction)),
  ];
}

function isOpen({ missing }: Assessment, matter: string): boolean {
  return missing.some(({ couldChange }) => couldChange.includes(matter));
}

function purposeQuestion(purpose: (typeof PURPOSES)[number]): Question {
  return {
    name: purpose,
    worstFirst: ["BARRED", "RESTRICTED", "NORMAL", "FAVOURED"],
    answer: ({ outcomes }) => outcomes[purpose],
    isAbout: (matter) => matter === purpose,
    isReason: ({ measure }) => measure?.purpose === purpose,
  };
}

function resultQuestion(result: "grade" | "title"): Question {
  return {
    name: result.toUpperCase(),
    // Which grade is better, only the law knows; it may name them as it likes.
    worstFirst: [],
    answer: (assessment) => (isOpen(assessment, result) ? UNDETERMINED : (assessment[result] ?? NONE)),
    isAbout: (matter) => matter === result,
    isReason: ({ measure }) => measure === null,
  };
}

function listQuestion(code: string, direction: Direction): Question {
  const worstFirst = ["LISTED", "PROPOSED", "NOT_LISTED"];
  const isListed = ({ list }: { readonly list: string }) => list === code;
  return {
    name: `LIST ${code}`,
    worstFirst: direction === "PUNISHMENT" ? worstFirst : worstFirst.reverse(),
    answer: (assessment) => {
      if (assessment.lists.some(isListed)) return "LISTED";
      if (isOpen(assessment, code)) return UNDETERMINED;
      if (assessment.proposedLists.some(isListed)) return "PROPOSED";
      return isOpen(assessment, `${code} proposed`) ? UNDETERMINED : "NOT_LISTED";
    },
    isAbout: (matter) => matter === code || matter === `${code} proposed`,
    isReason: ({ measure }) => measure === null,
  };
}

function measureQuestion(code: string, direction: Direction): Question {
  const worstFirst = ["TAKEN", "NOT_TAKEN"];
  return {
    name: `MEASURE ${code}`,
    worstFirst: direction === "PUNISHMENT" ? worstFirst : worstFirst.reverse(),
    answer: (assessment) => {
      if (assessment.measures.some((measure) => measure.code === code)) return "TAKEN";
      return isOpen(assessment, code) ? UNDETERMINED : "NOT_TAKEN";
    },
    isAbout: (matter) => matter === code,
    isReason: ({ measure }) => measure?.code === code,
  };
}
