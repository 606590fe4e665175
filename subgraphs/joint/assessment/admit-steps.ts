/**
 * Whether steps may be recorded: a step is admitted when it is one of those that may follow what was there on its day, or when
 * it begins a new round. Steps are taken in the order of their days, each on top of those before it. Pure.
 */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { DepartmentEvidence, Evidence, EvidenceFact } from "../evidence/evidence";
import type { Pack } from "../policy/pack/pack";
import type { ProcedureSpec } from "../policy/pack/scheme-file";
import type { SchemeVersion } from "./assessment";
import { isStage, type NextStep, type ProcedureReading, readProcedures } from "./next-steps";

/** A step that a department is about to record. */
export interface ProposedStep {
  readonly department: FactDepartment;
  readonly documentNumber: string;
  readonly procedure: string;
  readonly list: string;
  readonly step: string;
  readonly on: string;
  readonly by: string | null;
  readonly outcome: string | null;
}

/** Why a step is not admitted: the state it met, and what may follow instead. */
export interface StepRefusal<Step extends ProposedStep = ProposedStep> {
  readonly step: Step;
  readonly scheme: SchemeVersion;
  readonly state: string | null;
  readonly due: readonly NextStep[];
  /** Departments on which it hangs whether the step is in order; empty when it certainly is not. */
  readonly silent: readonly FactDepartment[];
}

/** The packs under which a step is taken; none where no scheme declares its procedure: such a step is as recorded. */
export type PacksFor = (step: ProposedStep) => readonly Pack[];

/**
 * The refusals among steps over one enterprise, in the order of their days. A step is refused when no pack that declares its
 * procedure admits it; those after it are judged without it.
 */
export function refuseSteps<Step extends ProposedStep>(
  steps: readonly Step[],
  evidence: Evidence,
  packsFor: PacksFor,
): readonly StepRefusal<Step>[] {
  let known = evidence;
  const refusals: StepRefusal<Step>[] = [];
  const inOrder = [...steps].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  for (const [place, step] of inOrder.entries()) {
    const verdicts = packsFor(step).map((pack) => judgeStep(pack, step, known));
    const isAdmitted = verdicts.length === 0 || verdicts.includes("ADMITTED");
    if (isAdmitted) known = withStep(known, step, place);
    else {
      const refused = verdicts as readonly StepRefusal<Step>[];
      refusals.push(refused.find(({ silent }) => silent.length > 0) ?? refused[0]!);
    }
  }
  return refusals;
}

function judgeStep<Step extends ProposedStep>(
  pack: Pack,
  step: Step,
  evidence: Evidence,
): StepRefusal<Step> | "ADMITTED" {
  const spec = pack.file.procedures.find(
    ({ name, lists }) => name === step.procedure && lists.includes(step.list),
  )!;
  const before = beforeStep(evidence, step, leadsToEntry(pack, spec, step.list));
  const reading = readOne(pack, before, step)!;
  const { rule, silent, next, cycle } = reading;
  if (
    rule &&
    (next.some((one) => isThat(one, step, reading)) || beginsRound(pack, step, { before, reading }))
  )
    return "ADMITTED";
  const isOver = next.length === 0 && rule && isStage(spec, cycle);
  const due = !isOver ? next : firstSteps(spec, { list: step.list, state: rule.state });
  return { step, scheme: pack.scheme, state: rule?.state ?? null, due, silent };
}

function readOne(pack: Pack, evidence: Evidence, step: ProposedStep): ProcedureReading | undefined {
  return readProcedures(pack, evidence, step.on).find(
    ({ spec, list }) => spec.name === step.procedure && list === step.list,
  );
}

// A step that does not say by whom is taken for the one who alone may take it; whoever provides goes by his name as well.
function isThat(next: NextStep, { step, by }: ProposedStep, { route }: ProcedureReading): boolean {
  if (next.step !== step) return false;
  if (next.by.length === 0 || (by === null && next.isOnes)) return true;
  return by !== null && (next.by.includes(by) || (next.by.includes("PROVIDER") && by === route));
}

interface Before {
  readonly before: Evidence;
  readonly reading: ProcedureReading;
}

// What led to an entry that is over, or to a dismissal, is dealt with once a first step follows it; a way on which nothing is left
// may be gone again; and what was refused or answered may be applied for again.
function beginsRound(pack: Pack, step: ProposedStep, { before, reading }: Before): boolean {
  const { spec, rule, cycle, next } = reading;
  const isFirst = spec.steps.some(
    ({ step: code, after, in: states }) => code === step.step && after.length === 0 && !states,
  );
  if (!isFirst || !isStage(spec, cycle)) return false;
  if (step.step === spec.application) return rule?.idle === true;
  if (next.length === 0 && !rule?.closes) return true;
  return readOne(pack, withStep(before, step, 0), step)!.cycle.steps.length === 1;
}

function firstSteps(
  { name, steps }: ProcedureSpec,
  { list, state }: { readonly list: string; readonly state: string },
): readonly NextStep[] {
  return steps
    .filter(({ after, in: states }) => after.length === 0 && !states)
    .map(({ step, by = [], form = null }) => ({
      procedure: name,
      list,
      state,
      step,
      by,
      isOnes: by.length === 1,
      form,
      dueOn: null,
      provisional: false,
      reportOf: null,
      isDue: false,
    }));
}

// A way to an entry does, and so does an application to stay on a list whose entries are renewed by new ones.
function leadsToEntry({ file }: Pack, { stage, application }: ProcedureSpec, list: string): boolean {
  return stage === "TO_ENTRY" || (application !== undefined && file.lists[list]?.renewal?.replaces === true);
}

// The day as it was before the step: an entry that is published, or that ends, on the same day comes of the step.
function beforeStep(evidence: Evidence, proposed: ProposedStep, isOnWayToEntry: boolean): Evidence {
  const { list, on, department, documentNumber } = proposed;
  return mapFacts(evidence, (fact) => {
    const { type, values } = fact;
    const isSame = fact.department === department && fact.documentNumber === documentNumber;
    if (type === "ProcedureStep" && isSame) return [];
    if (type !== "ListEntry" || values["list"] !== list) return [fact];
    if (isOnWayToEntry && values["publishedOn"] === on) return [];
    const validUntil = fact.validUntil === on ? null : fact.validUntil;
    return [
      values["endedOn"] === on
        ? { ...fact, validUntil, values: { ...values, endedOn: null } }
        : { ...fact, validUntil },
    ];
  });
}

function mapFacts(evidence: Evidence, change: (fact: EvidenceFact) => readonly EvidenceFact[]): Evidence {
  const changed = Object.entries(evidence).map(([department, told]): [string, DepartmentEvidence] => [
    department,
    told.status === "KNOWN" ? { ...told, facts: told.facts.flatMap(change) } : told,
  ]);
  return Object.fromEntries(changed) as Evidence;
}

// Among the steps of a day it is the last one: ids are in the order of recording.
function withStep(evidence: Evidence, proposed: ProposedStep, place: number): Evidence {
  const { department, documentNumber, procedure, list, step, on, by, outcome } = proposed;
  const told = evidence[department];
  if (told.status === "UNKNOWN") return evidence;
  const fact: EvidenceFact = {
    id: `ffffffff-${String(place).padStart(12, "0")}`,
    department,
    type: "ProcedureStep",
    documentNumber,
    occurredOn: null,
    validFrom: null,
    validUntil: null,
    status: "ACTIVE",
    values: { procedure, list, step, on, by, outcome },
  };
  const others = told.facts.filter(
    (one) => one.type !== "ProcedureStep" || one.documentNumber !== documentNumber,
  );
  return { ...evidence, [department]: { ...told, facts: [...others, fact] } };
}
