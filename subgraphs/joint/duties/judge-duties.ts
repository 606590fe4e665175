/** What is due over one enterprise under the packs that have a say: steps of procedures under way, and days of standing entries. */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import type { Department } from "../assessment/assessment";
import { type NextStep, type ProcedureReading, readProcedures } from "../assessment/next-steps";
import { readStandingEntries, type StandingEntry } from "../assessment/standing-entries";
import type { Evidence } from "../evidence/evidence";
import type { Pack, Subject } from "../policy/pack/pack";
import { packsOver, reachOf } from "../policy/pack/fitting";
import { blankDuty, type Duty, type ExecutedMeasure } from "./duty";
import { executionDuties, measuresExecuted } from "./execution-duties";

/** What is due over an enterprise. */
export interface EnterpriseDuties {
  readonly duties: readonly Duty[];
  /** The departments on which it hangs what is due next in a procedure, once for each of those. */
  readonly hangsOn: readonly FactDepartment[];
  /** What departments said they carried out, by scheme. */
  readonly executed: ReadonlyMap<string, readonly ExecutedMeasure[]>;
}

interface Scope {
  readonly subject: Subject;
  readonly asOf: string;
  readonly packs: readonly Pack[];
  readonly executed: EnterpriseDuties["executed"];
}

/** Judges one enterprise. Duties that belong into one monthly report carry one listing each; `mergeReports` puts them together. */
export function judgeDuties(subject: Subject, packs: readonly Pack[], asOf: string): EnterpriseDuties {
  const lists = listsOf(subject.evidence);
  const keeping = packs.filter(({ file }) => Object.keys(file.lists).some((list) => lists.has(list)));
  const executed = measuresExecuted(subject, asOf);
  const scope: Scope = { subject, asOf, packs, executed };
  const told = keeping.map((pack) => judgePack(pack, lists, scope));
  return {
    duties: told.flatMap(({ duties }) => duties),
    hangsOn: told.flatMap(({ hangsOn }) => hangsOn),
    executed,
  };
}

function listsOf(evidence: Evidence): ReadonlySet<string> {
  const lists = new Set<string>();
  for (const department of FACT_DEPARTMENTS) {
    const told = evidence[department];
    if (told.status === "UNKNOWN") continue;
    for (const { type, values } of told.facts)
      if (type === "ListEntry" || type === "ProcedureStep") lists.add(String(values["list"]));
  }
  return lists;
}

function judgePack(
  pack: Pack,
  lists: ReadonlySet<string>,
  { subject, asOf, packs, executed }: Scope,
): Omit<EnterpriseDuties, "executed"> {
  const hasSay = (procedure: string, list: string) =>
    lists.has(list) && packsOver({ procedure, list }, subject, packs).includes(pack);
  const readings = readProcedures(pack, subject.evidence, asOf).filter(({ spec, list }) =>
    hasSay(spec.name, list),
  );
  const steps = readings.flatMap((reading) =>
    reading.next.filter(({ isDue }) => isDue).map((next) => stepDuty(next, reading, { pack, subject })),
  );
  const doubles = readings.flatMap((reading) => doubleDuties(reading, { pack, subject }));
  const keepsEntries = (list: string): boolean =>
    readings.some((reading) => reading.list === list) || reachOf(pack, subject) !== "ELSEWHERE";
  const entries = readStandingEntries(pack, subject.evidence, asOf).filter(({ list }) => keepsEntries(list));
  const days = entries.flatMap((entry) => entryDuties(entry, { pack, subject, asOf, readings }));
  const execution = executionDuties(entries, {
    ...{ pack, subject, asOf },
    executed: executed.get(pack.scheme.id) ?? [],
  });
  return {
    duties: [...steps, ...days, ...execution.duties, ...doubles],
    hangsOn: [...readings.flatMap(({ silent }) => silent), ...execution.hangsOn],
  };
}

interface DutyScope {
  readonly pack: Pack;
  readonly subject: Subject;
}

const blank = ({ pack, subject }: DutyScope, department: Department): Duty =>
  blankDuty(pack.scheme, { creditCode: subject.creditCode, department });

function stepDuty(next: NextStep, reading: ProcedureReading, scope: DutyScope): Duty {
  const { procedure, list, state, step, form, by, dueOn, reportOf } = next;
  const duty: Duty = {
    ...blank(scope, departmentOf(next, reading)),
    ...{ procedure, list, state, step, form, by, dueOn },
    route: reading.route,
    isProvisional: next.provisional,
  };
  if (reportOf === null) return duty;
  return {
    ...duty,
    kind: "MONTHLY_REPORT",
    carries: [{ creditCode: scope.subject.creditCode, list, on: reportOf }],
  };
}

// Two departments that ask about the same step at the same moment are both told that it is due: neither's database knows of the
// other's. What neither could see is shown to the one that recorded last.
function doubleDuties({ spec, list, rule, cycle }: ProcedureReading, scope: DutyScope): readonly Duty[] {
  if (!rule) return [];
  const taken = cycle.steps.filter(({ step }) => !spec.steps.some((one) => one.step === step && one.again));
  const same = Map.groupBy(taken, ({ step, by }) => `${step} ${by ?? ""}`);
  return [...same.values()].flatMap((steps): Duty[] => {
    const last = steps.reduce((one, other) => (one.fact.id > other.fact.id ? one : other));
    if (new Set(steps.map(({ fact }) => fact.department)).size === 1) return [];
    const { step, by } = last;
    return [
      {
        ...blank(scope, last.fact.department),
        kind: "DOUBLE_STEP",
        ...{ procedure: spec.name, list, state: rule.state, step },
        by: by === null ? [] : [by],
      },
    ];
  });
}

// Whoever provides answers: a provider that is a department of the hub is told of it himself.
function departmentOf({ by }: NextStep, { route, department }: ProcedureReading): Department {
  const provider = FACT_DEPARTMENTS.find((one) => one === route);
  return by.includes("PROVIDER") && provider ? provider : department;
}

interface EntryScope extends DutyScope {
  readonly asOf: string;
  readonly readings: readonly ProcedureReading[];
}

function entryDuties(entry: StandingEntry, scope: EntryScope): readonly Duty[] {
  const { window, renewal, expiresOn, state } = entry;
  const { asOf } = scope;
  const isExpiring = window !== null && (state === "PAST_TERM" || (window.first <= asOf && asOf < expiresOn));
  return [
    ...(isExpiring ? expiryDuty(entry, scope) : []),
    ...(renewal && renewal.opensOn <= asOf && asOf < expiresOn ? renewalDuty(entry, scope) : []),
  ];
}

/** The application by which a list is left or stayed on: of the procedure that holds it against the list's days. */
function applicationOver(list: string, readings: readonly ProcedureReading[]) {
  const reading = readings.find(
    (one) => one.list === list && one.spec.states.some(({ when }) => when.application !== undefined),
  );
  const next = reading?.next.find(({ step }) => step === reading.spec.application);
  return { reading, next };
}

function expiryDuty(entry: StandingEntry, scope: EntryScope): readonly Duty[] {
  const { list, state, department, expiresOn, window, appliesWithin } = entry;
  const { next } = applicationOver(list, scope.readings);
  const application =
    next && appliesWithin ? { procedure: next.procedure, step: next.step, form: next.form, by: next.by } : {};
  return [
    {
      ...blank(scope, department),
      ...application,
      kind: "EXPIRY",
      ...{ list, state, expiresOn },
      opensOn: window!.first,
      dueOn: appliesWithin ? window!.last : expiresOn,
      isProvisional: window!.provisional,
    },
  ];
}

// Once it has been applied for in time there is nothing to tell.
function renewalDuty(entry: StandingEntry, scope: EntryScope): readonly Duty[] {
  const { list, state, department, expiresOn, renewal } = entry;
  const { reading, next } = applicationOver(list, scope.readings);
  if (reading?.rule && !next) return [];
  return [
    {
      ...blank(scope, department),
      ...(next && { procedure: next.procedure, step: next.step, form: next.form, by: next.by }),
      kind: "RENEWAL",
      ...{ list, state, expiresOn },
      opensOn: renewal!.opensOn,
      dueOn: renewal!.dueOn,
    },
  ];
}
