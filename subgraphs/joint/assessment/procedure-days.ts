/** Days and routes that belong to a state of a procedure: when something is due, when a window opens, who is responsible. */
import { plusMonths } from "../policy/calendar/dates";
import type { WorkingDaySpan } from "../policy/calendar/working-days";
import type { ProcedureNode } from "../policy/pack/program";
import type { StateSpec } from "../policy/pack/scheme-file";
import type { Cycle } from "./cycle";
import { removalWindow, renewalDueOn } from "./list-state";
import { knownOrNull, type Run, type World } from "./world";

/** The day by which the next act of a state is due, or null. */
export function dueOnOf(
  due: StateSpec["due"],
  cycle: Cycle,
  { list, run }: { readonly list: string; readonly run: Run },
): string | null {
  if (due === undefined) return null;
  if (due === "RENEWAL") return renewalDueOn(run.program.lists.get(list)!, cycle.entry?.anniversary ?? null);
  if ("on" in due) return String(run.program.names.get(due.on)!.value);
  const taken = cycle.steps.findLast(({ step }) => step === due.after);
  if (!taken) return null;
  return `${plusMonths(taken.on, 1).slice(0, 8)}${String(due.dayOfNextMonth).padStart(2, "0")}`;
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
