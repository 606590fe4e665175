/** Periods, picks, sums, memberships, lists and procedures of `scheme.yaml` as parts of the program. */
import { FACT_DEPARTMENTS, findFactType } from "../../../../schema/fact-catalogue";
import type { ColumnType, Value } from "../contract";
import { namedValue } from "./compile-indicator";
import type { Part, PartScope } from "./part";
import type { ListRule, ProcedureNode } from "./program";
import type { ListSpec, ProcedureSpec, SchemeFile } from "./scheme-file";

const BOOLEAN: ColumnType = { kind: "boolean" };

/** The departments that record list entries and steps: those of a list that names none. */
export const LIST_KEEPERS = findFactType("ListEntry")?.departments ?? FACT_DEPARTMENTS;

/** Parts that turn values into values. */
export function valueParts(scope: PartScope): Part[] {
  const { scheme } = scope;
  return [
    ...Object.entries(scheme.periods).map(([name, spec]) => periodPart(name, spec.in, scope)),
    ...Object.entries(scheme.picks).map(([name, spec]) => pickPart(name, spec, scope)),
    ...Object.entries(scheme.sums).map(([name, spec]) => sumPart(name, spec, scope)),
    ...Object.entries(scheme.memberships).map(([name, spec]) => membershipPart(name, spec, scope)),
  ];
}

function periodPart(name: string, parameter: string, { builder, parameters, refuse }: PartScope): Part {
  return {
    what: `period ${name}`,
    reads: [],
    waitsFor: [],
    build() {
      const periods = parameters.periods.get(parameter);
      if (!periods) refuse(`period ${name}: '${parameter}' is no parameter of type period`);
      const slot = builder.define(name, BOOLEAN);
      builder.add({ kind: "period", slot, periods: periods ?? [] }, [slot]);
    },
  };
}

function pickPart(name: string, spec: SchemeFile["picks"][string], { builder, refuse }: PartScope): Part {
  const { by, cases, unrecorded, otherwise } = spec;
  const read = [...Object.values(cases).flat(), ...(unrecorded ?? []), ...otherwise];
  const slotsOf = (names: readonly string[]) => names.map((one) => builder.slot(one));
  return {
    what: `pick ${name}`,
    reads: [by, ...read],
    gives: [name],
    waitsFor: [],
    build() {
      const types = read.map((one) => builder.names.get(one)!.type);
      const first = types[0]!;
      if (types.some((type) => type.kind !== first.kind))
        refuse(`pick ${name}: its values are not of one type`);
      const same = types.every((type) => JSON.stringify(type) === JSON.stringify(first));
      const slot = builder.define(name, same || first.kind !== "string" ? first : { kind: "string" });
      builder.add(
        {
          kind: "pick",
          slot,
          by: builder.slot(by),
          cases: new Map(
            Object.entries(cases).map(([value, names]): [Value, number[]] => [value, slotsOf(names)]),
          ),
          unrecorded: slotsOf(unrecorded ?? otherwise),
          otherwise: slotsOf(otherwise),
        },
        [slot],
      );
    },
  };
}

function sumPart(name: string, spec: SchemeFile["sums"][string], { builder, refuse }: PartScope): Part {
  return {
    what: `sum ${name}`,
    reads: spec.of,
    gives: [name],
    waitsFor: [],
    build() {
      const types = spec.of.map((one) => builder.names.get(one)!.type);
      const [first] = types;
      const scale = first?.kind === "number" ? first.scale : 0;
      if (types.some((type) => type.kind !== "number" || type.scale !== scale)) {
        refuse(`sum ${name}: its parts are not numbers of one scale`);
      }
      const bound = (value: number | undefined) =>
        value === undefined ? null : Math.round(value * 10 ** scale);
      const slot = builder.define(name, { kind: "number", scale });
      const of = spec.of.map((one) => builder.slot(one));
      builder.add({ kind: "sum", slot, of, min: bound(spec.min), max: bound(spec.max) }, [slot]);
    },
  };
}

function membershipPart(name: string, spec: { value: string; in: string }, scope: PartScope): Part {
  const { builder, parameters, refuse } = scope;
  return {
    what: `membership ${name}`,
    reads: [spec.value],
    gives: [name],
    waitsFor: [],
    build() {
      const members = parameters.lists.get(spec.in);
      if (!members) refuse(`membership ${name}: '${spec.in}' is no list parameter`);
      const slot = builder.define(name, BOOLEAN);
      const of = builder.slot(spec.value);
      builder.add({ kind: "membership", slot, of, members: members ?? new Set() }, [slot]);
    },
  };
}

/** One part a list. */
export function listParts(scope: PartScope): Part[] {
  const { scheme, builder, refuse } = scope;
  return Object.entries(scheme.lists).map(([code, spec]) => ({
    what: `list ${code}`,
    reads: [],
    gives: spec.inForceAs ? [spec.inForceAs] : [],
    waitsFor: waitsFor(code, spec),
    build() {
      const granting = scheme.procedures.some(
        ({ lists, states }) => lists.includes(code) && states.some((one) => one.grants),
      );
      if (spec.from === "PROCEDURE" && !granting) refuse(`list ${code}: no state of a procedure grants it`);
      if (spec.feedback && !(spec.term && spec.from === "ENTRIES"))
        refuse(`list ${code}: feedback needs entries that have a term`);
      const slot = spec.inForceAs === undefined ? -1 : builder.define(spec.inForceAs, BOOLEAN);
      builder.add({ kind: "list", code, slot }, slot < 0 ? [] : [slot]);
    },
  }));
}

/** The lists with what their parameters come to. */
export function listRules({ scheme, parameters, refuse }: PartScope): ReadonlyMap<string, ListRule> {
  const oneOf = <T extends string>(
    where: string,
    name: string | undefined,
    allowed: readonly [T, ...T[]],
  ): T => {
    if (name === undefined) return allowed[0];
    const value = allowed.find((one) => one === namedValue(parameters.names, name));
    if (value === undefined) refuse(`${where}: '${name}' is no parameter that is ${allowed.join(" or ")}`);
    return value ?? allowed[0];
  };
  return new Map(
    Object.entries(scheme.lists).map(([code, spec]): [string, ListRule] => [
      code,
      {
        code,
        spec,
        departments: spec.departments ?? LIST_KEEPERS,
        afterTerm: oneOf(`list ${code}, afterTerm`, spec.afterTerm, ["LAPSED", "SHOWN_FLAGGED"]),
        removalReading: oneOf(`list ${code}, removal`, spec.removal?.reading, ["WITHIN", "AT_LEAST"]),
        procedure:
          scheme.procedures.find(({ lists, entryNeeds }) => lists.includes(code) && entryNeeds.length > 0) ??
          null,
      },
    ]),
  );
}

function waitsFor(code: string, spec: ListSpec): string[] {
  if (spec.from === "GROUNDS") return ["grounds"];
  return spec.from === "PROCEDURE" ? [`procedures:${code}`] : [];
}

/** One part for each procedure and list. */
export function procedureParts(scope: PartScope): Part[] {
  return scope.scheme.procedures.flatMap((spec) =>
    spec.lists.map((list) => procedurePart(spec, list, scope)),
  );
}

function procedurePart(spec: ProcedureSpec, list: string, scope: PartScope): Part {
  const { scheme, builder, refuse } = scope;
  const values = [...new Set(spec.states.flatMap(({ when }) => Object.keys(when.values ?? {})))];
  const route = typeof spec.route === "object" ? [spec.route.value] : [];
  return {
    what: `procedure ${spec.name} of ${list}`,
    reads: [...values, ...route],
    gives: spec.stateAs ? [spec.stateAs] : [],
    waitsFor: ["grounds"],
    mark: `procedures:${list}`,
    build() {
      if (!scheme.lists[list]) refuse(`procedure ${spec.name}: there is no list ${list}`);
      if (spec.stateAs && spec.lists.length > 1)
        refuse(`procedure ${spec.name}: stateAs needs a procedure over one list`);
      const faults = repetitionFaults(spec);
      if (faults.length > 0) refuse(`procedure ${spec.name}: ${faults.join("; ")}`);
      for (const { due } of [...spec.states, ...spec.steps]) {
        if (typeof due !== "object" || !("on" in due)) continue;
        if (scheme.parameters[due.on]?.type !== "date")
          refuse(`procedure ${spec.name}: '${due.on}' is no parameter of type date`);
      }
      const allowed = [...new Set(spec.states.map(({ state }) => state))];
      const slot =
        spec.stateAs === undefined ? -1 : builder.define(spec.stateAs, { kind: "string", allowed });
      const node: ProcedureNode = {
        kind: "procedure",
        spec,
        list,
        slot,
        route: route.length > 0 ? builder.slot(route[0]!) : null,
        values: new Map(values.map((one) => [one, builder.slot(one)])),
      };
      builder.add(node, slot < 0 ? [] : [slot]);
    },
  };
}

// What may be taken again, and what begins a procedure anew, is bound to states: else nothing would ever be out of order.
function repetitionFaults({ steps, stage, restart }: ProcedureSpec): readonly string[] {
  const unbound = steps.filter(({ again, in: states }) => again && !states);
  const begins = steps.some(({ step, again }) => step === restart && again);
  return [
    ...unbound.map(({ step }) => `${step} may be taken again, but not 'in' which states`),
    ...(restart && (!begins || stage !== "TO_ENTRY")
      ? [`restart needs a step to an entry that may be taken again`]
      : []),
  ];
}
