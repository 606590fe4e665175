/**
 * Whether the own fields of a lent fact are what the fact catalogue says. The checks are compiled once, because every
 * fact of every decision passes through them.
 */
import { FACT_TYPES, type FactField, type FactType } from "../../../schema/fact-catalogue";
import { isLocalDate } from "./local-date";

type Check = (value: unknown) => boolean;

/** A fact type with the check of each of its fields, in the order of the catalogue. */
export interface FactShape {
  readonly type: FactType;
  readonly fields: readonly { readonly name: string; readonly required: boolean; readonly check: Check }[];
}

const TEXT_CHARACTERS_MAX = 20_000;
const INTEGERS_MAX = 1_000;
const MONEY = /^-?\d{1,13}\.\d{2}$/;
const RATE = /^-?\d{1,3}(\.\d{1,4})?$/;

function isWithin(field: FactField, value: number): boolean {
  return (field.min === undefined || value >= field.min) && (field.max === undefined || value <= field.max);
}

function checkOf(field: FactField): Check {
  switch (field.kind) {
    case "STRING":
      return (value) => typeof value === "string" && value.length <= TEXT_CHARACTERS_MAX;
    case "ENUM":
      return (value) => typeof value === "string" && field.values!.includes(value);
    case "INTEGER":
      return (value) => Number.isSafeInteger(value) && isWithin(field, value as number);
    case "TENTHS":
      return (value) =>
        typeof value === "number" && Math.round(value * 10) / 10 === value && isWithin(field, value);
    case "MONEY":
      return (value) => typeof value === "string" && MONEY.test(value);
    case "RATE":
      return (value) => typeof value === "string" && RATE.test(value) && isWithin(field, Number(value));
    case "DATE":
      return isLocalDate;
    case "BOOLEAN":
      return (value) => typeof value === "boolean";
    case "INTEGERS":
      return (value) =>
        Array.isArray(value) &&
        value.length <= INTEGERS_MAX &&
        value.every((item) => Number.isSafeInteger(item));
  }
}

const SHAPES: ReadonlyMap<string, FactShape> = new Map(
  FACT_TYPES.map((type) => [
    type.name,
    {
      type,
      fields: type.fields.map((field) => ({
        name: field.name,
        required: field.required,
        check: checkOf(field),
      })),
    },
  ]),
);

/** The shape of a fact type by its name, or undefined for a name that the catalogue does not hold. */
export function findFactShape(name: string): FactShape | undefined {
  return SHAPES.get(name);
}

/**
 * The own fields of a fact in the order of the catalogue, absent ones left out, so that equal facts have equal text; or
 * the name of the first field that is missing, malformed or not of the fact type.
 */
export function checkValues(
  shape: FactShape,
  values: Readonly<Record<string, unknown>>,
): { readonly values: Readonly<Record<string, unknown>> } | { readonly badField: string } {
  const checked: Record<string, unknown> = {};
  let seen = 0;
  for (const { name, required, check } of shape.fields) {
    const value = values[name];
    if (value !== undefined) seen++;
    if (value === undefined || value === null) {
      if (required) return { badField: name };
    } else if (check(value)) checked[name] = value;
    else return { badField: name };
  }
  const names = Object.keys(values);
  if (names.length === seen) return { values: checked };
  const unknown = names.find((name) => !shape.fields.some((field) => field.name === name));
  return unknown === undefined ? { values: checked } : { badField: unknown };
}
