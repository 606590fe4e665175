/** Parameters of a pack as named values: scalars by their name, entries of a map as `name_KEY`; lists and periods apart. */
import { PolicyError, type ColumnType, type PolicyFault, type Value } from "../contract";
import type { NamedValue } from "../feel/resolve-cell";
import type { ParameterSpec, SchemeFile } from "./scheme-file";

/** A stretch of days: from the first day to the day before `until`. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** All parameters, ready to be named in cells and tests. */
export interface ParameterValues {
  readonly names: ReadonlyMap<string, NamedValue & { readonly value: Value }>;
  readonly lists: ReadonlyMap<string, ReadonlySet<Value>>;
  readonly periods: ReadonlyMap<string, readonly Period[]>;
}

type Refuse = (message: string) => void;

/** The parameters of a scheme file as values. Reports those that do not fit their declared type. */
export function inspectParameters(
  scheme: SchemeFile,
  file: string,
  report: (fault: PolicyFault) => void,
): ParameterValues {
  const names = new Map<string, NamedValue & { readonly value: Value }>();
  const lists = new Map<string, ReadonlySet<Value>>();
  const periods = new Map<string, readonly Period[]>();
  for (const [name, spec] of Object.entries(scheme.parameters)) {
    const { value } = spec;
    const refuse: Refuse = (message) => report({ file, message: `parameter ${name}: ${message}` });
    if (spec.type === "period") {
      if (Array.isArray(value) && value.every((one) => typeof one === "object")) periods.set(name, value);
      else refuse("a period parameter holds a list of { from, until }");
    } else if (Array.isArray(value)) {
      lists.set(name, new Set(value.map((one) => scale(one, spec, refuse))));
    } else if (typeof value === "object") {
      for (const [key, one] of Object.entries(value)) names.set(`${name}_${key}`, typed(one, spec, refuse));
    } else names.set(name, typed(value, spec, refuse));
  }
  return { names, lists, periods };
}

function typed(value: unknown, spec: ParameterSpec, refuse: Refuse) {
  return { type: columnType(spec), value: scale(value, spec, refuse) };
}

function columnType(spec: ParameterSpec): ColumnType {
  if (spec.type === "number") return { kind: "number", scale: spec.scale };
  if (spec.type === "period") return { kind: "date" };
  return { kind: spec.type };
}

function scale(value: unknown, spec: ParameterSpec, refuse: Refuse): Value {
  if (spec.type === "number") {
    const number = typeof value === "number" ? Math.round(value * 10 ** spec.scale) : NaN;
    if (!Number.isSafeInteger(number)) refuse(`${JSON.stringify(value)} is not a number`);
    return number;
  }
  if (typeof value !== (spec.type === "boolean" ? "boolean" : "string")) {
    refuse(`${JSON.stringify(value)} is not a ${spec.type}`);
  }
  if (spec.allowed && !spec.allowed.includes(String(value))) {
    refuse(`${JSON.stringify(value)} is not one of ${spec.allowed.join(", ")}`);
  }
  return value as Value;
}

/** The scheme file with other values: scalars, lists and periods replaced, maps merged key by key. Throws PolicyError. */
export function overrideParameters(
  scheme: SchemeFile,
  overrides: Readonly<Record<string, unknown>>,
  file: string,
): SchemeFile {
  const parameters: Record<string, ParameterSpec> = { ...scheme.parameters };
  for (const [name, value] of Object.entries(overrides)) {
    const spec = parameters[name];
    if (!spec) throw new PolicyError([{ file, message: `there is no parameter '${name}'` }]);
    parameters[name] = { ...spec, value: merge(spec.value, value) as ParameterSpec["value"] };
  }
  return { ...scheme, parameters };
}

function merge(value: unknown, override: unknown): unknown {
  const isMap = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  return isMap(value) && isMap(override) ? { ...(value as object), ...(override as object) } : override;
}
