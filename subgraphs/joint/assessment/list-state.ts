/** Whether the enterprise is on a list: by entries recorded, by grounds found, or by a procedure carried through. */
import type { EvidenceFact } from "../evidence/evidence";
import { plusDays, plusMonths } from "../policy/calendar/dates";
import type { WorkingDaySpan } from "../policy/calendar/working-days";
import { anniversaryOf } from "../policy/pack/judge-fact";
import type { ListNode, ListRule } from "../policy/pack/program";
import type { ProcedureSpec } from "../policy/pack/scheme-file";
import type { Listing } from "./assessment";
import { findGrounds } from "./grounds";
import type { Entry, EntryState, ListResult, Step } from "./results";
import { isClosing, stepsOver } from "./steps";
import { bitsOf, type Run, type World } from "./world";

/** Evaluates a list in a world. */
export function evaluateList(node: ListNode, world: World, run: Run): ListResult {
  const rule = run.program.lists.get(node.code)!;
  if (rule.spec.from === "GROUNDS") return fromGrounds(rule, world, run);
  if (rule.spec.from === "PROCEDURE") return fromProcedure(rule, world, run);
  return fromEntries(rule, run);
}

function fromEntries(rule: ListRule, run: Run): ListResult {
  const entries = readEntries(rule, run);
  const holding = entries.filter(({ state }) => state === "IN_FORCE" || state === "PAST_TERM");
  const silent = run.context.silent & bitsOf(rule.departments);
  return {
    inForce: holding.length > 0 ? true : silent !== 0 ? undefined : false,
    listings: holding.map((entry) => toListing(rule, entry)),
    taint: holding.length > 0 ? 0 : silent,
    facts: new Map(
      holding.map(({ fact, publishedOn, until }) => [fact, { day: publishedOn, since: publishedOn, until }]),
    ),
    rows: [],
  };
}

function toListing({ code, spec }: ListRule, { fact, publishedOn, until, state }: Entry): Listing {
  return {
    list: code,
    direction: spec.direction,
    level: fact.values["level"] as Listing["level"],
    since: publishedOn,
    until,
    state,
    department: fact.department,
  };
}

/** All published entries of a list, the earliest first, with how each stands. An objection does not suspend an entry. */
export function readEntries(rule: ListRule, run: Run): readonly Entry[] {
  const known = run.entries.get(rule.code);
  if (known) return known;
  const entries = entriesOf(rule, run);
  run.entries.set(rule.code, entries);
  return entries;
}

function entriesOf(rule: ListRule, run: Run): readonly Entry[] {
  const facts = run.context.factsByType.get("ListEntry") ?? [];
  const mine = facts.filter(
    (fact) =>
      fact.values["list"] === rule.code &&
      fact.status !== "WITHDRAWN" &&
      rule.departments.includes(fact.department) &&
      String(fact.values["publishedOn"]) <= run.context.asOf,
  );
  if (mine.length === 0) return [];
  const published = (fact: EvidenceFact) => String(fact.values["publishedOn"]);
  mine.sort((a, b) =>
    published(a) < published(b) ? -1 : published(a) > published(b) ? 1 : a.id < b.id ? -1 : 1,
  );
  const steps = stepsOver(rule.code, rule.departments, run);
  return mine.map((fact) => {
    const own = mine.filter(({ department }) => department === fact.department);
    const previous = own[own.indexOf(fact) - 1];
    const next = rule.spec.renewal?.replaces ? own[own.indexOf(fact) + 1] : undefined;
    // Nobody ends another department's entry: else one that is silent might have ended any.
    const ending = steps.find(
      (step) =>
        rule.spec.endedBySteps.includes(step.step) &&
        step.fact.department === fact.department &&
        subjectOf(step, mine) === fact,
    );
    return readEntry({ fact, previous, next, ending }, { rule, run, steps });
  });
}

/**
 * The entry that a step over a list is about: of those published by its day the last of its own department, else the last
 * of any, since a department may record for one that is outside the hub.
 */
export function subjectOf(step: Step, entries: readonly EvidenceFact[]): EvidenceFact | undefined {
  const published = entries.filter((fact) => String(fact.values["publishedOn"]) <= step.on);
  return published.findLast(({ department }) => department === step.fact.department) ?? published.at(-1);
}

interface EntryScope {
  readonly rule: ListRule;
  readonly run: Run;
  readonly steps: readonly Step[];
}

interface EntryFacts {
  readonly fact: EvidenceFact;
  /** The entry of the same department before this one. */
  readonly previous: EvidenceFact | undefined;
  /** The entry of the same department that took its place. */
  readonly next: EvidenceFact | undefined;
  readonly ending: Step | undefined;
}

function readEntry({ fact, previous, next, ending }: EntryFacts, { rule, run, steps }: EntryScope): Entry {
  const publishedOn = String(fact.values["publishedOn"]);
  const { asOf } = run.context;
  // That an entry was ended later was not so on the day asked about; a term recorded with it was.
  const ended = typeof fact.values["endedOn"] === "string" && fact.values["endedOn"] <= asOf;
  const renewedOn = next?.values["publishedOn"];
  const recorded = [ended ? fact.values["endedOn"] : null, fact.validUntil, ending?.on, renewedOn].filter(
    (day) => typeof day === "string",
  );
  const endedOn = recorded.sort()[0] ?? null;
  const anniversary = rule.spec.term ? anniversaryOf(publishedOn, rule.spec.term) : null;
  const until = anniversary === null || (endedOn !== null && endedOn < anniversary) ? endedOn : anniversary;
  const after = previous ? String(previous.values["publishedOn"]) : "";
  // Another department's procedure, not finished yet, takes nothing from this entry.
  const own = steps.filter(
    (step) => step.on > after && step.on <= publishedOn && step.fact.department === fact.department,
  );
  return { fact, publishedOn, until, anniversary, state: stateOf({ endedOn, anniversary, own }, rule, run) };
}

interface EntryEnds {
  readonly endedOn: string | null;
  readonly anniversary: string | null;
  readonly own: readonly Step[];
}

function stateOf({ endedOn, anniversary, own }: EntryEnds, rule: ListRule, run: Run): EntryState {
  const { asOf } = run.context;
  if (rule.procedure && isBlocked(rule.procedure, own)) return "BLOCKED";
  const over = anniversary !== null && run.program.anniversaryCounts ? plusDays(anniversary, 1) : anniversary;
  const isOver = over !== null && asOf >= over;
  // What lapsed by its term is not ended once more by a step taken afterwards.
  const lapsedFirst = isOver && rule.afterTerm === "LAPSED" && (endedOn === null || endedOn >= over);
  if (lapsedFirst) return "LAPSED";
  if (endedOn !== null && endedOn <= asOf) return "ENDED";
  return isOver ? "PAST_TERM" : "IN_FORCE";
}

// An entry without recorded steps was led to outside the hub. What a closing step (a defence upheld) ended leads to none.
function isBlocked(procedure: ProcedureSpec, own: readonly Step[]): boolean {
  const steps = own.filter((step) => step.procedure === procedure.name);
  const since = steps.slice(steps.findLastIndex((step) => isClosing(procedure, step)) + 1);
  return (
    steps.length > 0 && procedure.entryNeeds.some((needed) => !since.some(({ step }) => step === needed))
  );
}

/** The working days before the expiry of an entry in which removal may be applied for; null for a list without removal. */
export function removalWindow(
  rule: ListRule,
  expiry: string,
  { windows, program }: Run,
): WorkingDaySpan | null {
  if (!rule.spec.removal) return null;
  const key = `${rule.code} ${expiry}`;
  const known = windows.get(key) ?? program.calendar.workingDaysBefore(expiry, rule.spec.removal.workingDays);
  windows.set(key, known);
  return known;
}

/** The day by which renewal must be applied for, or null for a list or an entry without one. */
export function renewalDueOn(rule: ListRule, anniversary: string | null): string | null {
  return rule.spec.renewal && anniversary !== null
    ? plusMonths(anniversary, -rule.spec.renewal.months)
    : null;
}

function fromGrounds(rule: ListRule, world: World, run: Run): ListResult {
  const { certain, possible, taint } = findGrounds(rule.code, world, run.program);
  const facts = new Map(certain.flatMap((ground) => [...ground.facts]));
  const listing: Listing = {
    list: rule.code,
    direction: rule.spec.direction,
    level: rule.spec.level,
    since: certain.flatMap((ground) => ground.since ?? []).sort()[0] ?? null,
    until: null,
    state: "IN_FORCE",
    department: "JOINT",
  };
  return {
    inForce: certain.length > 0 ? true : possible ? undefined : false,
    listings: certain.length > 0 ? [listing] : [],
    taint: certain.length > 0 ? 0 : taint,
    facts,
    rows: certain.flatMap(({ rows }) => rows),
  };
}

function fromProcedure(rule: ListRule, world: World, run: Run): ListResult {
  let open = false;
  let taint = 0;
  for (const [at, node] of run.program.nodes.entries()) {
    const done = world.results[at];
    if (node.kind !== "procedure" || node.list !== rule.code || done?.kind !== "procedure") continue;
    const { rule: state, uncertain, facts, day, department } = done.result;
    taint |= done.result.taint;
    open ||= uncertain;
    if (uncertain || !state?.grants) continue;
    const { direction, level } = rule.spec;
    const listing: Listing = {
      list: rule.code,
      direction,
      level,
      since: day,
      until: null,
      state: state.state,
      department,
    };
    return { inForce: true, listings: [listing], taint: 0, facts, rows: [] };
  }
  return { inForce: open ? undefined : false, listings: [], taint, facts: new Map(), rows: [] };
}
