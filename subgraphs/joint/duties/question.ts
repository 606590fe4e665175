/** From the policies in force to what the departments are asked: on which lists, in which procedures and reports something may be due. */
import type { DutyQuestion, ReportQuestion } from "../../shared/duty-question";
import { plusDays, plusYears } from "../policy/calendar/dates";
import type { Pack } from "../policy/pack/pack";
import type { DurationSpec, ReportSpec } from "../policy/pack/scheme-file";
import { goOnBehind } from "./duty";

/** What a caller asks. `department` and `scheme` null: all of them. */
export interface AskedDuties {
  readonly department: string | null;
  readonly scheme: string | null;
  readonly first: number;
  /** The place behind which to go on; null from the first. */
  readonly after: string | null;
}

/** A question as it travels in the key of `Duties`: what was asked, and what departments look up for it. */
export interface FullQuestion {
  readonly asked: AskedDuties;
  readonly lookUp: DutyQuestion;
}

/** One report for one period, which is over on `dueOn`. */
export interface ReportPeriod {
  readonly pack: Pack;
  readonly spec: ReportSpec;
  readonly key: string;
  readonly dueOn: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Puts the question. */
export function askDuties(asked: AskedDuties, packs: readonly Pack[], asOf: string): FullQuestion {
  const reports =
    asked.department === null || asked.department === "SAFETY" ? reportPeriods(packs, asOf) : [];
  return {
    asked,
    lookUp: {
      entries: packs.flatMap((pack) => entriesAsked(pack, asOf)),
      procedures: packs.flatMap(proceduresAsked),
      reports: reports.map((period) => reportAsked(period, asked, asOf)),
    },
  };
}

// Entries of which nothing can be due but by a step that is under way are found by that step.
function entriesAsked({ file }: Pack, asOf: string): DutyQuestion["entries"] {
  return Object.entries(file.lists).flatMap(([list, { from, term, removal, renewal, feedback }]) => {
    const isOpenEnded = file.procedures.some(
      ({ lists, steps }) => lists.includes(list) && steps.some((step) => step.in),
    );
    if (from !== "ENTRIES" || !(removal || renewal || feedback || isOpenEnded)) return [];
    return [{ list, since: isOpenEnded || !term ? null : earliestInTerm(term, asOf) }];
  });
}

// A few days more than the term, so that nothing turns on how its last day is counted.
const LEEWAY_DAYS = 3;

function earliestInTerm(term: DurationSpec, asOf: string): string | null {
  const day = plusDays(asOf, -LEEWAY_DAYS);
  if ("calendarYears" in term) return `${day.slice(0, 4)}-01-01`;
  if ("years" in term) return plusYears(day, -term.years);
  return "days" in term ? plusDays(day, -term.days) : null;
}

function proceduresAsked({ file }: Pack): DutyQuestion["procedures"] {
  return file.procedures.flatMap(({ name, lists, steps }) => {
    const last = steps.at(-1)?.step;
    return last === undefined ? [] : lists.map((list) => ({ list, procedure: name, last }));
  });
}

/** The reports of the period in which a day lies, and of the one before: what is older is a matter for an inspection. */
export function reportPeriods(packs: readonly Pack[], asOf: string): readonly ReportPeriod[] {
  return packs.flatMap((pack) =>
    pack.file.reports.flatMap((spec) => {
      const year = Number(asOf.slice(0, 4));
      const periods = [year - 1, year, year + 1].flatMap((one) =>
        spec.periods.map((period) => ({ ...period, year: one, dueOn: `${one}-${period.ends}` })),
      );
      periods.sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
      const now = periods.findIndex(({ dueOn }) => asOf <= dueOn);
      return periods
        .slice(Math.max(0, now - 1), now + 1)
        .map(({ dueOn, where, year: ofYear }): ReportPeriod => ({
          pack,
          spec,
          key: `${pack.scheme.id} ${spec.name} ${dueOn}`,
          dueOn,
          values: { ...spec.where, ...where, [spec.year]: ofYear },
        }));
    }),
  );
}

function reportAsked(period: ReportPeriod, { first, after }: AskedDuties, asOf: string): ReportQuestion {
  const { pack, spec, key, dueOn, values } = period;
  const { divisions, districts, sectors } = pack.file.chosenFor ?? {
    divisions: [],
    districts: [],
    sectors: [],
  };
  const behind = goOnBehind(after, { dueOn, scheme: pack.scheme.id, report: spec.name });
  return {
    key,
    facts: spec.facts,
    values,
    by: dueOn < asOf ? dueOn : asOf,
    enrolled: spec.from === "ENROLLED" ? (spec.enrolled ?? spec.where) : null,
    ...(spec.enrolledBy !== undefined && { enrolledBy: spec.enrolledBy }),
    place: { divisions, districts, sectors },
    after: behind === "OVER" ? null : behind,
    first: behind === "OVER" ? 0 : first + 1,
  };
}
