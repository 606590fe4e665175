/** Entries of lists that stand on a day, with the days on which something about them is due. */
import type { Evidence, EvidenceFact } from "../evidence/evidence";
import { plusMonths } from "../policy/calendar/dates";
import type { WorkingDaySpan } from "../policy/calendar/working-days";
import type { Pack } from "../policy/pack/pack";
import type { Department } from "./assessment";
import { readEntries, removalWindow, renewalDueOn } from "./list-state";
import { readContext, startRun } from "./world";

/** An entry that has not ended. */
export interface StandingEntry {
  readonly list: string;
  readonly fact: EvidenceFact;
  readonly publishedOn: string;
  readonly state: "IN_FORCE" | "PAST_TERM";
  readonly department: Department;
  /** The anniversary on which its term ends. */
  readonly expiresOn: string;
  /** The working days before expiry in which removal is applied for; null for a list without removal. */
  readonly window: WorkingDaySpan | null;
  /** Whether the window is also when to apply; by the other reading one applies before it opens. */
  readonly appliesWithin: boolean;
  /** By when to apply for renewal, and from when on that is told: as long before as the list's own measure. */
  readonly renewal: { readonly opensOn: string; readonly dueOn: string } | null;
}

/** The entries of all lists of a pack that have a term and stand on the day. */
export function readStandingEntries(pack: Pack, evidence: Evidence, asOf: string): readonly StandingEntry[] {
  const { program } = pack;
  const run = startRun(program, readContext(evidence, asOf));
  return [...program.lists.values()].flatMap((rule) => {
    if (rule.spec.from !== "ENTRIES") return [];
    return readEntries(rule, run).flatMap(({ fact, publishedOn, state, anniversary }): StandingEntry[] => {
      if (anniversary === null || (state !== "IN_FORCE" && state !== "PAST_TERM")) return [];
      const dueOn = renewalDueOn(rule, anniversary);
      return [
        {
          list: rule.code,
          fact,
          publishedOn,
          state,
          department: fact.department,
          expiresOn: anniversary,
          window: removalWindow(rule, anniversary, run),
          appliesWithin: rule.removalReading === "WITHIN",
          renewal: dueOn === null ? null : { opensOn: plusMonths(dueOn, -rule.spec.renewal!.months), dueOn },
        },
      ];
    });
  });
}
