/** When a decision can change by itself: the first later day on which the same facts lead to another outcome. */
import type { EvidenceFact } from "../evidence/evidence";
import { plusDays } from "../policy/calendar/dates";
import { anniversaryOf } from "../policy/pack/judge-fact";
import type { Program } from "../policy/pack/program";
import type { Assessment, Outcome, Purpose } from "./assessment";
import { agreeOnMeasures } from "./certainty";
import { evaluate } from "./evaluate";
import { readContext } from "./world";

/** So many days are tried; facts with more turning days than that are rare, and the review day is then not told. */
const DAYS_TRIED_MAX = 48;
/** By then every fact that was told has come, also one of a year that has not begun. */
const END_OF_TIME = "9999-12-31";

/**
 * The first day after the day asked about on which the outcome for the purpose is another, given the same facts: terms
 * end, windows pass, deadlines lapse. Null when no such day is known.
 */
export function reviewDay(program: Program, assessment: Assessment, purpose: Purpose): string | null {
  const { evidence, outcomes } = assessment;
  const days = turningDays(program, assessment);
  for (const day of days.slice(0, DAYS_TRIED_MAX)) {
    if (outcomeOn(day, { program, evidence, purpose }) !== outcomes[purpose]) return day;
  }
  return null;
}

interface OutcomeScope extends Pick<Assessment, "evidence"> {
  readonly program: Program;
  readonly purpose: Purpose;
}

function outcomeOn(day: string, { program, evidence, purpose }: OutcomeScope): Outcome {
  const worlds = evaluate(program, readContext(evidence, day));
  return agreeOnMeasures({ program, worlds, open: new Map() }).outcomes[purpose];
}

// Every day on which any part of the program may come to something else, in order.
function turningDays(program: Program, { evidence, asOf }: Assessment): readonly string[] {
  const days = new Set<string>();
  const add = (day: string) => {
    if (day >= asOf) days.add(day).add(plusDays(day, 1));
  };
  const { factsByType } = readContext(evidence, END_OF_TIME);
  for (const node of program.nodes) {
    if (node.kind !== "indicator") continue;
    for (const fact of factsByType.get(node.indicator.factType) ?? [])
      node.indicator.turningDays(fact).forEach(add);
  }
  for (const { spec } of program.lists.values()) {
    for (const fact of factsByType.get("ListEntry") ?? []) entryDays(fact, spec.term).forEach(add);
  }
  program.namedDays.forEach(add);
  days.delete(asOf);
  return [...days].sort();
}

function entryDays(fact: EvidenceFact, term: Parameters<typeof anniversaryOf>[1] | undefined): string[] {
  const { publishedOn, endedOn } = fact.values;
  const end = term && typeof publishedOn === "string" ? anniversaryOf(publishedOn, term) : null;
  return [fact.validUntil, endedOn, end].filter((day): day is string => typeof day === "string");
}
