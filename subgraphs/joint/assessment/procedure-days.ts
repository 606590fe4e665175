/** Days and routes that belong to a state of a procedure: when something is due, when a window opens, who is responsible. */
import { plusDays, plusMonths } from "../policy/calendar/dates";
import type { CountedDay, WorkingDaySpan } from "../policy/calendar/working-days";
import type { ProcedureNode } from "../policy/pack/program";
import type { DueSpec } from "../policy/pack/scheme-file";
import type { Cycle } from "./cycle";
import { removalWindow, renewalDueOn } from "./list-state";
import { knownOrNull, type Run, type World } from "./world";

/** The day by which something is due, or null without a rule or before the step that it is counted from. */
export function dueOnOf(
  due: DueSpec | undefined,
  cycle: Cycle,
  { list, run }: { readonly list: string; readonly run: Run },
): CountedDay | null {
  if (due === undefined) return null;
  if (due === "RENEWAL") {
    const day = renewalDueOn(run.program.lists.get(list)!, cycle.entry?.anniversary ?? null);
    return day === null ? null : { day, provisional: false };
  }
  if (due === "EXPIRY")
    return cycle.entry?.anniversary ? { day: cycle.entry.anniversary, provisional: false } : null;
  if ("on" in due) return { day: String(run.program.names.get(due.on)!.value), provisional: false };
  const taken = cycle.steps.findLast(({ step }) => step === due.after);
  if (!taken) return null;
  if ("workingDays" in due) return run.program.calendar.addWorkingDays(taken.on, due.workingDays);
  if ("days" in due) return { day: plusDays(taken.on, due.days), provisional: false };
  return { day: dayOfNextMonth(taken.on, due.dayOfNextMonth), provisional: false };
}

/** The so manieth day of the month after the one in which a day lies. */
export function dayOfNextMonth(day: string, dayOfMonth: number): string {
  return `${plusMonths(day, 1).slice(0, 8)}${String(dayOfMonth).padStart(2, "0")}`;
}

/** The working days before the entry's term ends in which removal may be applied for; null without an entry or a window. */
export function windowOf({ list }: ProcedureNode, cycle: Cycle, run: Run): WorkingDaySpan | null {
  const expiry = cycle.entry?.anniversary ?? null;
  return expiry === null ? null : removalWindow(run.program.lists.get(list)!, expiry, run);
}

/** Who is responsible: the provider of the entry as recorded (whoever provides answers), or what a table names. */
export function routeOf({ spec, route }: ProcedureNode, cycle: Cycle, world: World): string | null {
  if (route !== null) {
    const value = knownOrNull(world.values[route]);
    return value === null ? null : String(value);
  }
  if (spec.route !== "PROVIDER") return null;
  const provider = cycle.entry?.fact.values["provider"];
  return typeof provider === "string"
    ? provider
    : (cycle.entry?.fact.department ?? cycle.steps.at(-1)?.fact.department ?? null);
}
