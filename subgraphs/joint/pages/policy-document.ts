/** A policy pack as people read it: on a page or on paper. Says nothing that the signed files do not say. */
import type { SchemeVersion, Text } from "../assessment/assessment";
import type { Pack } from "../policy/pack/pack";
import { describeCounting } from "../policy/show/describe-counting";
import { describeRest } from "../policy/show/describe-pack";
import type { Section } from "../policy/show/section";
import type { TableSource } from "../policy/table/table-source";

/** A parameter as it is shown: `value` written for people. */
export interface DocumentParameter {
  readonly name: string;
  readonly value: string;
  readonly open: boolean;
  readonly note: string;
}

/** A measure of the catalogue as it is shown. */
export interface DocumentMeasure {
  readonly code: string;
  readonly label: Text;
  readonly actor: string;
  readonly direction: string;
  readonly purpose: string | null;
  readonly outcome: string | null;
  readonly basis: string;
}

/** What the inputs of the tables mean: how facts become values. */
export interface DocumentIndicator {
  readonly name: string;
  readonly label: Text;
  readonly facts: string;
  readonly counted: string;
  readonly legalBasis: string | null;
}

/** A source of the policy, with what is doubtful in it. */
export interface DocumentSource {
  readonly title: string;
  readonly note: string | null;
}

/** Everything of a pack that people read. */
export interface PolicyDocument {
  readonly scheme: SchemeVersion;
  readonly title: Text;
  readonly jurisdiction: string;
  readonly sources: readonly DocumentSource[];
  readonly readings: readonly string[];
  readonly parameters: readonly DocumentParameter[];
  readonly indicators: readonly DocumentIndicator[];
  readonly measures: readonly DocumentMeasure[];
  readonly tables: readonly TableSource[];
  /** Lists, procedures and whatever else the scheme file holds, in words. */
  readonly rest: readonly Section[];
}

/** What people read of a pack. */
export function toPolicyDocument(pack: Pack): PolicyDocument {
  const { scheme, title, jurisdiction, parameters, file, tables } = pack;
  return {
    scheme,
    title,
    jurisdiction,
    sources: file.sources.map((source) => ({ title: source.title, note: source.note ?? null })),
    readings: file.readings,
    parameters: parameters.map(({ name, value, open, note }) => ({
      name,
      value: writeValue(value),
      open,
      note,
    })),
    indicators: Object.entries(file.indicators).map(([name, indicator]) => ({
      name,
      label: indicator.label,
      facts: indicator.facts,
      counted: describeCounting(indicator),
      legalBasis: indicator.legalBasis ?? null,
    })),
    measures: Object.entries(file.measures).map(([code, measure]) => ({
      code,
      label: measure.label,
      actor: measure.body ?? measure.department,
      direction: measure.direction,
      purpose: measure.purpose ?? null,
      outcome: measure.outcome ?? null,
      basis: measure.basis,
    })),
    tables: file.tables.flatMap(({ file: name }) => tables.get(name) ?? []),
    rest: describeRest(pack),
  };
}

/** A value of a parameter, written for people: lists with `, `, maps as `A: 90, B: 80`, periods as `from–until`. */
export function writeValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(writeValue).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const { from, until, ...rest } = value as Record<string, unknown>;
  if (from !== undefined && until !== undefined && Object.keys(rest).length === 0)
    return `${String(from)}–${String(until)}`;
  return Object.entries(value)
    .map(([name, item]) => `${name}: ${writeValue(item)}`)
    .join(", ");
}
