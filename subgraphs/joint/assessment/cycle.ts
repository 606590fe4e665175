/**
 * The part of a procedure's history that counts now. An enterprise may go through a procedure more than once: what led to
 * an entry that is over, or to a dismissal, is dealt with as soon as something newer is there.
 */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { ListRule, ProcedureNode } from "../policy/pack/program";
import type { ProcedureSpec } from "../policy/pack/scheme-file";
import { findGrounds } from "./grounds";
import { readEntries, removalWindow, renewalDueOn, subjectOf } from "./list-state";
import type { Entry, EntryState, Grounds, Step } from "./results";
import { isClosing, isOpening, stepsOver } from "./steps";
import type { Run, World } from "./world";

/** What counts of a procedure over one list. */
export interface Cycle {
  readonly entry: Entry | null;
  readonly entryState: "NONE" | EntryState;
  readonly steps: readonly Step[];
  /** Whether a ground is found that no earlier round has dealt with; undefined when a silent department may know of one. */
  readonly ground: boolean | undefined;
  readonly groundDay: string;
  readonly application: "NONE" | "TOO_EARLY" | "IN_WINDOW" | "LATE";
}

interface CycleScope {
  readonly run: Run;
  readonly departments: readonly FactDepartment[];
}

/** Reads the current round of a procedure over its list. */
export function readCycle(node: ProcedureNode, world: World, { run, departments }: CycleScope): Cycle {
  const rule = run.program.lists.get(node.list)!;
  const grounds = findGrounds(node.list, world, run.program);
  // Who takes no steps of a procedure publishes no entry that it leads to: that one of them is silent changes nothing.
  const entries = readEntries(rule, run).filter(
    ({ state, fact }) => state !== "BLOCKED" && departments.includes(fact.department),
  );
  const own = stepsOver(node.list, departments, run).filter(({ procedure }) => procedure === node.spec.name);
  if (node.spec.stage === "OF_ENTRY") return cycleOfEntry(node, { rule, entries, own, run });
  const entry = currentOf(entries);
  const round = readRound(node, { rule, entry, own: sinceRestart(node.spec, own), grounds });
  const open = grounds.certain.filter(({ day }) => round.after === "" || day > round.after);
  return {
    entry: round.isNew ? null : entry,
    entryState: round.isNew || !entry ? "NONE" : entry.state,
    steps: round.steps,
    ground: open.length > 0 ? true : grounds.possible ? undefined : false,
    groundDay:
      open
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? "",
    application: "NONE",
  };
}

// What was tried before the way was begun anew is over, whatever came of it.
function sinceRestart({ restart }: ProcedureSpec, steps: readonly Step[]): readonly Step[] {
  const begun = restart === undefined ? -1 : steps.findLastIndex(({ step }) => step === restart);
  return begun < 0 ? steps : steps.slice(begun);
}

// One that still holds before one that is over, whichever was published last.
function currentOf(entries: readonly Entry[]): Entry | null {
  const holding = entries.findLast(({ state }) => state === "IN_FORCE" || state === "PAST_TERM");
  return holding ?? entries.at(-1) ?? null;
}

interface RoundScope {
  readonly rule: ListRule;
  readonly entry: Entry | null;
  readonly own: readonly Step[];
  readonly grounds: Grounds;
}

/** `after`: grounds up to this day are dealt with; empty while nothing is. */
interface Round {
  readonly isNew: boolean;
  readonly after: string;
  readonly steps: readonly Step[];
}

function readRound(node: ProcedureNode, { rule, entry, own, grounds }: RoundScope): Round {
  const isOver = entry?.state === "LAPSED" || entry?.state === "ENDED";
  const later = isOver
    ? own.filter(({ on, step }) => on > entry.publishedOn && !rule.spec.endedBySteps.includes(step))
    : own;
  const newGround = (day: string) => grounds.certain.some((ground) => ground.day > day);
  if (isOver && later.length === 0 && !newGround(entry.publishedOn)) {
    return { isNew: false, after: entry.publishedOn, steps: own };
  }
  if (entry && !isOver) return { isNew: false, after: "", steps: own };
  const closing = later.findLast((step) => isClosing(node.spec, step));
  const since = isOver ? entry.publishedOn : "";
  if (!closing) return { isNew: isOver, after: since, steps: later };
  const afterwards = later.slice(later.indexOf(closing) + 1);
  // A dismissal stands whatever else is done, until somebody begins anew.
  const isReopened = afterwards.some((step) => isOpening(node.spec, step)) || newGround(closing.on);
  return { isNew: isOver, after: closing.on, steps: isReopened ? afterwards : later };
}

interface EntryScope {
  readonly rule: ListRule;
  readonly run: Run;
  readonly entries: readonly Entry[];
  readonly own: readonly Step[];
}

function cycleOfEntry(node: ProcedureNode, { rule, entries, own, run }: EntryScope): Cycle {
  // Whoever acted last acted on its own department's entry, if that has one.
  const last = own.at(-1);
  const mine = entries.filter(({ fact }) => fact.department === last?.fact.department);
  const entry = currentOf(mine.length > 0 ? mine : entries);
  const published = entries.map(({ fact }) => fact);
  const ofEntry = entry ? own.filter((step) => subjectOf(step, published) === entry.fact) : own;
  const applied = ofEntry.findLastIndex(({ step }) => step === node.spec.application);
  const steps = applied < 0 ? ofEntry : ofEntry.slice(applied);
  return {
    entry,
    entryState: entry?.state ?? "NONE",
    steps,
    ground: false,
    groundDay: "",
    application: applied < 0 ? "NONE" : timing(ofEntry[applied]!.on, { rule, entry, run }),
  };
}

function timing(
  on: string,
  { rule, entry, run }: Pick<EntryScope, "rule" | "run"> & Pick<Cycle, "entry">,
): Cycle["application"] {
  const expiry = entry?.anniversary ?? null;
  if (expiry === null) return "IN_WINDOW";
  const renewal = renewalDueOn(rule, expiry);
  if (renewal !== null) return on <= renewal ? "IN_WINDOW" : "LATE";
  if (!rule.spec.removal) return "IN_WINDOW";
  const opens = removalWindow(rule, expiry, run)!.first;
  // "At least" counts the working days strictly between the application and the day of expiry.
  if (rule.removalReading === "AT_LEAST") return on < opens ? "IN_WINDOW" : "LATE";
  if (on < opens) return "TOO_EARLY";
  return on < expiry ? "IN_WINDOW" : "LATE";
}
