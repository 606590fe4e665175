/**
 * The one validator of facts, generated from the fact catalogue: mutations and imports go through it alike. It gives
 * the canonical fact, or throws a HubError that names the field and what is wrong with it.
 */
import { hash } from "node:crypto";
import { toCreditCode } from "../../schema/credit-code";
import { HubError } from "../../schema/errors";
import { type FactDepartment, type FactField, type FactType, factTypesOf } from "../../schema/fact-catalogue";
import {
  toBoolean,
  toInstant,
  toInteger,
  toIntegers,
  toLocalDate,
  toMoney,
  toRate,
  toTenths,
  toText,
} from "../../schema/values";
import { Disclosure, FactStatus } from "./fact";
import { toSnakeCase } from "./fact-table";

/** A fact as it comes in: `type`, the common fields and the own ones, as texts, numbers and booleans. */
export type FactInput = Readonly<Record<string, unknown>>;

/** A fact in canonical form, ready to be written. */
export interface ValidFact {
  readonly type: FactType;
  readonly creditCode: string;
  /** "" where the fact has none. */
  readonly documentNumber: string;
  /** The content by column name; null where not given. */
  readonly columns: Readonly<Record<string, unknown>>;
  /** SHA-256 of the content, hexadecimal: the same for the same content, whatever fields the catalogue gains later. */
  readonly digest: string;
  readonly correction: boolean;
  readonly corrects: string | undefined;
  readonly recordedAt: string | undefined;
}

/** Checks the facts of one department. */
export type FactValidator = (input: FactInput) => ValidFact;

const TEXT_LENGTH_MAX = 4000;
const DOCUMENT_NUMBER_LENGTH_MAX = 200;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Parser = (value: unknown) => unknown;

interface FieldRule {
  readonly name: string;
  readonly column: string;
  readonly required: boolean;
  readonly parse: Parser;
  readonly fallback: unknown;
}

function refuse(sentence: string): never {
  throw new HubError("BAD_USER_INPUT", sentence);
}

function oneOf(values: readonly string[]): Parser {
  const allowed = new Set<unknown>(values);
  return (value) => (allowed.has(value) ? value : refuse(`one of ${values.join(", ")} is expected`));
}

function within({ min, max }: FactField, parse: (value: unknown) => number): Parser {
  return (value) => {
    const number = parse(value);
    const isWithin = number >= (min ?? -Infinity) && number <= (max ?? Infinity);
    return isWithin ? number : refuse(`a number between ${min} and ${max} is expected`);
  };
}

function parserOf(field: FactField): Parser {
  switch (field.kind) {
    case "STRING":
      return (value) => toText(value, field.max ?? TEXT_LENGTH_MAX);
    case "INTEGER":
      return within(field, toInteger);
    case "TENTHS":
      return within(field, toTenths);
    case "RATE":
      return toRate;
    case "MONEY":
      return toMoney;
    case "DATE":
      return toLocalDate;
    case "BOOLEAN":
      return toBoolean;
    case "ENUM":
      return oneOf(field.values!);
    case "INTEGERS": {
      const parseOne = within(field, toInteger);
      return (value) => toIntegers(value).map(parseOne);
    }
  }
}

function rule(
  name: string,
  parse: Parser,
  options: { required?: boolean; fallback?: string } = {},
): FieldRule {
  const { required = false, fallback = null } = options;
  return { name, column: toSnakeCase(name), required, parse, fallback };
}

function rulesOf(type: FactType): readonly FieldRule[] {
  return [
    rule("authority", (value) => toText(value, TEXT_LENGTH_MAX)),
    rule("occurredOn", toLocalDate),
    rule("validFrom", toLocalDate),
    rule("validUntil", toLocalDate),
    rule("disclosure", oneOf(Object.keys(Disclosure)), { fallback: "SHARED" }),
    rule("status", oneOf(Object.keys(FactStatus)), { fallback: "ACTIVE" }),
    ...type.fields.map((field) => rule(field.name, parserOf(field), { required: field.required })),
  ];
}

// An empty cell of a file says the same as no value; an empty list is a value.
const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

function inField<Result>(name: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new HubError(error.code, `${name}: ${error.message.replace(/\.$/, "")}.`);
  }
}

function parseField({ name, parse, required, fallback }: FieldRule, input: FactInput): unknown {
  const value = input[name];
  if (!isAbsent(value)) return inField(name, () => parse(value));
  return required ? refuse(`${name}: a value is required.`) : fallback;
}

function parseDocumentNumber(type: FactType, input: FactInput): string {
  const value = input["documentNumber"];
  if (!isAbsent(value)) return inField("documentNumber", () => toText(value, DOCUMENT_NUMBER_LENGTH_MAX));
  return type.documentNumberRequired ? refuse("documentNumber: a value is required.") : "";
}

/** The id of a fact version in canonical form; HubError BAD_USER_INPUT for anything else. */
export function toFactId(value: unknown): string {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return UUID.test(text) ? text : refuse("the id of a fact is expected");
}

function parseOptional<Result>(
  input: FactInput,
  name: string,
  parse: (value: unknown) => Result,
): Result | undefined {
  return isAbsent(input[name]) ? undefined : inField(name, () => parse(input[name]));
}

const META_FIELDS = [
  "type",
  "department",
  "creditCode",
  "documentNumber",
  "correction",
  "corrects",
  "recordedAt",
];

function validateType(type: FactType): FactValidator {
  const rules = rulesOf(type);
  const known = new Set([...META_FIELDS, ...rules.map(({ name }) => name)]);
  return (input) => {
    for (const name of Object.keys(input))
      if (!known.has(name)) refuse(`${name.slice(0, 100)}: ${type.name} has no such field.`);
    const creditCode = inField("creditCode", () => toCreditCode(input["creditCode"]));
    const documentNumber = parseDocumentNumber(type, input);
    const columns: Record<string, unknown> = {};
    let content = "";
    for (const field of rules) {
      const value = parseField(field, input);
      columns[field.column] = value;
      if (value !== null) content += `${field.name}=${JSON.stringify(value)}\n`;
    }
    const [validFrom, validUntil] = [columns["valid_from"], columns["valid_until"]] as (string | null)[];
    if (validFrom && validUntil && validFrom > validUntil) refuse("validUntil: it lies before validFrom.");
    return {
      type,
      creditCode,
      documentNumber,
      columns,
      digest: hash("sha256", content, "hex"),
      correction: parseOptional(input, "correction", toBoolean) ?? false,
      corrects: parseOptional(input, "corrects", toFactId),
      recordedAt: parseOptional(input, "recordedAt", toInstant),
    };
  };
}

/** The validator of a department's facts. It refuses types that the department does not record. */
export function createFactValidator(department: FactDepartment): FactValidator {
  const validators = new Map(factTypesOf(department).map((type) => [type.name, validateType(type)]));
  return (input) => {
    const validate = typeof input["type"] === "string" ? validators.get(input["type"]) : undefined;
    if (!validate)
      return refuse(`type: the ${department.toLowerCase()} department records no such fact type.`);
    if (!isAbsent(input["department"]) && input["department"] !== department)
      refuse(`department: this is the ${department.toLowerCase()} department.`);
    return validate(input);
  };
}
