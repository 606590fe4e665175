/** The fields of facts as typed values of tables: own fields as in the fact catalogue, and the common ones. */
import { findFactType, type FactField, type FactType } from "../../../../schema/fact-catalogue";
import type { EvidenceFact } from "../../evidence/evidence";
import type { ColumnType, Value } from "../contract";

/** Reads one field of a fact as a value of its column type; null where the fact does not have it. */
export type ReadField = (fact: EvidenceFact) => Value;

/** A field with its type, its reader, and the catalogue's bounds (scaled) if it is a number. */
export interface TypedField {
  readonly type: ColumnType;
  readonly read: ReadField;
  readonly min?: number;
  readonly max?: number;
}

const SCALES = { INTEGER: 0, TENTHS: 1, RATE: 4, MONEY: 2, INTEGERS: 0 } as const;
const COMMON_DATES = ["occurredOn", "validFrom", "validUntil"] as const;

/** The field of a fact type, or undefined when the type has no such field. A list of numbers is read as how many it holds. */
export function findField(type: FactType, name: string): TypedField | undefined {
  for (const common of COMMON_DATES) {
    if (name === common) return { type: { kind: "date" }, read: (fact) => fact[common] };
  }
  if (name === "documentNumber") return { type: { kind: "string" }, read: (fact) => fact.documentNumber };
  const field = type.fields.find((one) => one.name === name);
  return field && typeField(field);
}

function typeField(field: FactField): TypedField {
  const { name, kind } = field;
  const own: ReadField = (fact) => (fact.values[name] ?? null) as Value;
  if (kind === "STRING") return { type: { kind: "string" }, read: own };
  if (kind === "ENUM") return { type: { kind: "string", allowed: field.values! }, read: own };
  if (kind === "DATE") return { type: { kind: "date" }, read: own };
  if (kind === "BOOLEAN") return { type: { kind: "boolean" }, read: own };
  const scale = SCALES[kind];
  const factor = 10 ** scale;
  const bounds = {
    ...(field.min !== undefined && { min: field.min * factor }),
    ...(field.max !== undefined && { max: field.max * factor }),
  };
  const read: ReadField = (fact) => scaled(fact.values[name], kind, factor);
  return { type: { kind: "number", scale }, read, ...(kind === "INTEGERS" ? { min: 0 } : bounds) };
}

function scaled(value: unknown, kind: keyof typeof SCALES, factor: number): Value {
  if (value === null || value === undefined) return null;
  if (kind === "INTEGERS") return (value as readonly number[]).length;
  const number = Math.round(Number(value) * factor);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`a fact holds ${JSON.stringify(value)} for a number`);
  return number;
}

/** The day on which the matter of a fact happened: `occurredOn`, else the type's own date; null when it has neither. */
export function occurrenceDay(fact: EvidenceFact): string | null {
  if (fact.occurredOn) return fact.occurredOn;
  const own = findFactType(fact.type)?.happenedOn;
  const day = own === undefined ? undefined : fact.values[own];
  return typeof day === "string" ? day : null;
}

/** The day by which a fact is placed in time: when it happened, else the start of its validity. */
export function happenedOn(fact: EvidenceFact): string | null {
  return occurrenceDay(fact) ?? fact.validFrom;
}

/** The first day of the year or half-year that a fact is about, where it has no day of its own; else null. */
export function beginOfPeriod(fact: EvidenceFact): string | null {
  const { year, half } = fact.values;
  if (happenedOn(fact) !== null || typeof year !== "number") return null;
  return `${year}-${half === 2 ? "07" : "01"}-01`;
}

/** Whether a fact lies after a day: its matter happened later, or the time that it is about had not begun. */
export function liesAfter(fact: EvidenceFact, day: string): boolean {
  return (occurrenceDay(fact) ?? beginOfPeriod(fact) ?? "") > day;
}
