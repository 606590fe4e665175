/**
 * The part of a procedure's history that counts now. An enterprise may go through a procedure more than once: what led to
 * an entry that is over, or to a dismissal, is dealt with as soon as something newer is there.
 */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { ListRule, ProcedureNode } from "../policy/pack/program";
import { findGrounds } from "./grounds";
import { readEntries, removalWindow, renewalDueOn } from "./list-state";
import type { Entry, EntryState, Grounds, Step } from "./results";
import { isStep, stepsOver } from "./steps";
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
  const entry = readEntries(rule, run).findLast(({ state }) => state !== "BLOCKED") ?? null;
  const own = stepsOver(node.list, departments, run).filter(({ procedure }) => procedure === node.spec.name);
  if (node.spec.stage === "OF_ENTRY") return cycleOfEntry(node, { rule, entry, own, run });
  const round = readRound(node, { rule, entry, own, grounds });
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
  const closing = later.findLast((step) => isClosing(node, step));
  const since = isOver ? entry.publishedOn : "";
  if (!closing) return { isNew: isOver, after: since, steps: later };
  const afterwards = later.slice(later.indexOf(closing) + 1);
  const isReopened = afterwards.length > 0 || newGround(closing.on);
  return { isNew: isOver, after: closing.on, steps: isReopened ? afterwards : later };
}

function isClosing({ spec }: ProcedureNode, step: Step): boolean {
  return spec.states.some(({ closes, when }) => closes && when.has?.some((test) => isStep(step, test)));
}

interface EntryScope extends Pick<RoundScope, "rule" | "entry" | "own"> {
  readonly run: Run;
}

function cycleOfEntry(node: ProcedureNode, { rule, entry, own, run }: EntryScope): Cycle {
  const ofEntry = entry ? own.filter(({ on }) => on >= entry.publishedOn) : own;
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
  { rule, entry, run }: Pick<EntryScope, "rule" | "entry" | "run">,
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
