/** Evidence and a pack make an assessment: all that follows for one enterprise on one day under one scheme. Pure. */
import type { Evidence } from "../evidence/evidence";
import type { Value } from "../policy/contract";
import { UNLISTED } from "../policy/pack/aggregate";
import type { Pack } from "../policy/pack/pack";
import type { Assessment, Listing, ProcedureState } from "./assessment";
import { agreedValue, agreeOnMeasures, missingSources, note, type AgreementScope } from "./certainty";
import { evaluate } from "./evaluate";
import { reasonsFor } from "./reasons";
import type { ProcedureResult } from "./results";
import { itemizeScore } from "./score-items";
import { noteOpenQuantities, showMeasures } from "./show-measures";
import { readContext, type World } from "./world";

/** The two times of a judgement: the day asked about, and what had been recorded by when (null: by now). */
export interface JudgedAt {
  readonly asOf: string;
  readonly knownAt: string | null;
}

/** Applies a pack to the evidence of all departments. Throws PolicyError when a table breaks its hit policy. */
export function assess(pack: Pack, evidence: Evidence, at: JudgedAt): Assessment {
  const { program } = pack;
  const context = readContext(evidence, at.asOf);
  const worlds = evaluate(program, context);
  const scope: AgreementScope = { program, worlds, open: new Map() };
  const world = worlds[0]!;
  const { score, grade, title } = program.results;
  const agreedScore = agreedValue(score, "score", scope);
  const agreedTitle = agreedValue(title, "title", scope);
  const titleIsOpen = scope.open.has("title");
  const agreedGrade = agreedValue(grade, "grade", scope);
  const lists = agreeOnLists(scope);
  const procedures = agreeOnProcedures(scope);
  const routes = agreeOnRoutes(scope);
  const agreed = agreeOnMeasures(scope);
  const undetermined = scope.open.size > 0;
  noteOpenQuantities(agreed, { world, program, open: scope.open });
  const measures = showMeasures(agreed, { world, program });
  return {
    evidence,
    ...at,
    scheme: pack.scheme,
    score: typeof agreedScore === "number" ? agreedScore / 10 ** program.scales[score]! : null,
    grade: asText(agreedGrade),
    title: title < 0 || titleIsOpen ? null : (asText(agreedTitle) ?? "NONE"),
    lists,
    proposedLists: procedures.proposed,
    measures: measures.shown,
    scoreItems: agreedScore === null ? [] : itemizeScore(program, world),
    procedures: [...procedures.states, ...routes],
    reasons: reasonsFor({ world, program, agreed, shown: measures.byHit, results: agreedSlots(scope) }),
    missing: missingSources(context.silent, scope.open),
    undetermined,
    outcomes: agreed.outcomes,
    warnings: warningsOf(pack, at.asOf, procedures.provisional),
  };
}

// The results, and what only reasons tell, where all worlds give the same value and it is not null.
function agreedSlots(scope: AgreementScope): readonly number[] {
  const { grade, title, told } = scope.program.results;
  const unnoted = { ...scope, open: new Map() };
  return [grade, title, ...told].filter((slot) => agreedValue(slot, "", unnoted) !== null);
}

function asText(value: Value): string | null {
  return value === null || value === UNLISTED ? null : String(value);
}

function agreeOnLists({ program, worlds, open }: AgreementScope): readonly Listing[] {
  return program.nodes.flatMap((node, at) => {
    if (node.kind !== "list") return [];
    const results = worlds.map((world) => listAt(world, at));
    const [first] = results;
    if (results.some(({ inForce }) => inForce === undefined || inForce !== first!.inForce)) {
      note(
        open,
        node.code,
        results.reduce((taint, result) => taint | result.taint, 0),
      );
      return [];
    }
    return first!.inForce ? first!.listings : [];
  });
}

function listAt(world: World, at: number) {
  const done = world.results[at];
  if (done?.kind !== "list") throw new Error(`node ${at} gave no list`);
  return done.result;
}

interface AgreedProcedures {
  readonly states: readonly ProcedureState[];
  readonly proposed: readonly Listing[];
  readonly provisional: boolean;
}

function agreeOnProcedures({ program, worlds, open }: AgreementScope): AgreedProcedures {
  const shown: ProcedureResult[] = [];
  const proposed: Listing[] = [];
  for (const [at, node] of program.nodes.entries()) {
    if (node.kind !== "procedure") continue;
    const results = worlds.map((world) => procedureAt(world, at));
    const [first] = results;
    const taint = results.reduce((all, result) => all | result.taint, 0);
    const isOpen = results.some(({ uncertain, state }) => uncertain || state !== first!.state);
    if (!isOpen && first!.shown) shown.push(first!);
    const proposals = isOpen ? [undefined] : results.map(proposes);
    if (proposals.some((one) => one === undefined || one !== proposals[0]))
      note(open, `${node.list} proposed`, taint);
    else if (proposals[0] && !proposed.some(({ list }) => list === node.list)) {
      const { direction, level } = program.lists.get(node.list)!.spec;
      const { department, state } = first!;
      proposed.push({
        list: node.list,
        direction,
        level,
        since: null,
        until: null,
        state: state!,
        department,
      });
    }
  }
  // What moved last stands first; states in which nothing moves stand behind.
  shown.sort(
    (a, b) =>
      Number(a.rule!.idle) - Number(b.rule!.idle) ||
      (a.activity > b.activity ? -1 : a.activity < b.activity ? 1 : 0),
  );
  return {
    states: shown.map((result) => result.shown!),
    proposed,
    provisional: shown.some(({ provisional }) => provisional),
  };
}

// Who is responsible for a matter is told like a procedure that has no list and no steps.
function agreeOnRoutes(scope: AgreementScope): readonly ProcedureState[] {
  return scope.program.routes.flatMap((rule) => {
    const route = "unit" in rule ? rule.unit : asText(agreedValue(rule.slot, `route ${rule.name}`, scope));
    if (route === null) return [];
    return { procedure: rule.name, list: null, state: "ROUTED", route, ...UNDATED };
  });
}

const UNDATED = { dueOn: null, windowOpens: null, windowCloses: null } as const;

function procedureAt(world: World, at: number): ProcedureResult {
  const done = world.results[at];
  if (done?.kind !== "procedure") throw new Error(`node ${at} gave no procedure`);
  return done.result;
}

function proposes({ rule, ground }: ProcedureResult): boolean | undefined {
  if (rule === null || rule.proposes === "NEVER") return false;
  return rule.proposes === "ALWAYS" ? true : ground;
}

function warningsOf({ scheme }: Pack, asOf: string, provisional: boolean): readonly string[] {
  const warnings: string[] = [];
  const { id, version, historical, effectiveFrom, effectiveUntil } = scheme;
  if (historical) {
    warnings.push(
      `${id} ${version} is kept as history: some of its measures have no basis in law in force today`,
    );
  }
  if (asOf < effectiveFrom || (effectiveUntil !== null && asOf >= effectiveUntil)) {
    warnings.push(`${id} ${version} was not in force on ${asOf}`);
  }
  if (provisional) {
    warnings.push("a day was counted through a year whose holidays are not gazetted yet; it is provisional");
  }
  return warnings;
}
