/**
 * What entries of lists bring has to be carried out, and whoever did so says it. Due is what nobody has said of an entry that
 * stands, where the policy asks for that feedback; a department that is silent may have said it.
 */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import { assess } from "../assessment/assess";
import type { Measure } from "../assessment/assessment";
import { dayOfNextMonth } from "../assessment/procedure-days";
import type { StandingEntry } from "../assessment/standing-entries";
import type { Evidence } from "../evidence/evidence";
import type { Pack, Subject } from "../policy/pack/pack";
import { blankDuty, type Duty, type ExecutedMeasure } from "./duty";

/** What is due, and the departments on whose silence it hangs whether anything is. */
export interface ExecutionDuties {
  readonly duties: readonly Duty[];
  readonly hangsOn: readonly FactDepartment[];
}

interface Scope {
  readonly pack: Pack;
  readonly subject: Subject;
  readonly asOf: string;
  /** What departments said that they carried out of the pack's scheme. */
  readonly executed: readonly ExecutedMeasure[];
}

/** The measures of entries that nobody has reported as carried out: one duty an entry and department, with all of them. */
export function executionDuties(entries: readonly StandingEntry[], scope: Scope): ExecutionDuties {
  const { pack, subject, asOf } = scope;
  const answering = entries.filter(({ list }) => pack.file.lists[list]?.feedback);
  if (answering.length === 0) return { duties: [], hangsOn: [] };
  const { reasons } = assess(pack, subject.evidence, { asOf, knownAt: null });
  const hangsOn = new Set<FactDepartment>();
  const duties = answering.flatMap((entry) => {
    const brought = reasons.flatMap(({ fact, measure, counted }) =>
      counted && measure?.direction === "PUNISHMENT" && fact?.id === entry.fact.id ? [measure] : [],
    );
    const owed = [...new Map(brought.map((one) => [one.code, one])).values()];
    const byDepartment = Map.groupBy(owed, ({ department }) => actorOf(department, entry));
    return [...byDepartment].flatMap(([department, measures]) => {
      if (subject.evidence[department].status === "UNKNOWN") {
        hangsOn.add(department);
        return [];
      }
      const open = measures.filter((measure) => !isExecuted(measure, entry, scope));
      return open.length === 0 ? [] : [executionDuty(open, department, { entry, scope })];
    });
  });
  return { duties, hangsOn: [...hangsOn] };
}

// What a body outside the hub does is told by the department that keeps the entry.
function actorOf(department: Measure["department"], { fact }: StandingEntry): FactDepartment {
  return FACT_DEPARTMENTS.find((one) => one === department) ?? fact.department;
}

function isExecuted(measure: Measure, entry: StandingEntry, { executed }: Scope): boolean {
  return executed.some(
    (one) =>
      one.measure === measure.code &&
      (one.list === null || one.list === entry.list) &&
      (one.department === measure.department || measure.department === "OTHER") &&
      one.on >= entry.publishedOn,
  );
}

interface EntryScope {
  readonly entry: StandingEntry;
  readonly scope: Scope;
}

function executionDuty(
  measures: readonly Measure[],
  department: FactDepartment,
  { entry, scope }: EntryScope,
): Duty {
  const { pack, subject } = scope;
  const { list, state, publishedOn, expiresOn } = entry;
  const { dayOfNextMonth: day } = pack.file.lists[list]!.feedback!;
  const bodies = new Set(measures.flatMap(({ body }) => body ?? []));
  return {
    ...blankDuty(pack.scheme, { creditCode: subject.creditCode, department }),
    kind: "EXECUTION",
    ...{ list, state, expiresOn },
    by: [...bodies].sort(),
    opensOn: publishedOn,
    dueOn: dayOfNextMonth(publishedOn, day),
    measures: measures.map(({ code }) => code).sort(),
  };
}

/** What departments said by a day that they carried out, by scheme. */
export function measuresExecuted(
  { creditCode, evidence }: { readonly creditCode: string; readonly evidence: Evidence },
  asOf: string,
): ReadonlyMap<string, readonly ExecutedMeasure[]> {
  const told = FACT_DEPARTMENTS.flatMap((department) => {
    const own = evidence[department];
    return own.status === "KNOWN" ? own.facts : [];
  });
  const executions = told.flatMap(({ type, status, department, values }) => {
    const on = String(values["executedOn"]);
    const isDone = (values["outcome"] ?? "CARRIED_OUT") === "CARRIED_OUT";
    if (type !== "MeasureExecution" || status === "WITHDRAWN" || !isDone || on > asOf) return [];
    const list = typeof values["list"] === "string" ? values["list"] : null;
    return [{ scheme: String(values["scheme"]), measure: String(values["measure"]), list, department, on }];
  });
  const byScheme = Map.groupBy(executions, ({ scheme }) => scheme);
  return new Map(
    [...byScheme].map(([scheme, own]) => [
      scheme,
      own.map(({ measure, list, department, on }) => ({ creditCode, measure, list, department, on })),
    ]),
  );
}
