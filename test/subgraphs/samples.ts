/** Enterprises, facts and representations that the tests of the departments use. */
import { toCreditCode } from "../../schema/credit-code";
import type { FactField, FactType } from "../../schema/fact-catalogue";

export const beilun = toCreditCode("91330206FAKE000138");
export const stranger = toCreditCode("91330206FAKE002750");

const SAMPLES: Readonly<Record<FactField["kind"], unknown>> = {
  STRING: "示例",
  INTEGER: 1,
  TENTHS: 0,
  RATE: "0.75",
  MONEY: "1234567.80",
  DATE: "2024-02-29",
  BOOLEAN: true,
  ENUM: undefined,
  INTEGERS: [2, 7],
};

/** A value that fits a field; of a year, one that may be. */
export function sampleOf(field: FactField): unknown {
  if (field.values) return field.values[0];
  return field.kind === "INTEGER" && field.min !== undefined ? Math.max(field.min, 1) : SAMPLES[field.kind];
}

/** A fact of a type with every field given. */
export function sampleFact(type: FactType, creditCode: string): Record<string, unknown> {
  const own = type.fields.map((field) => [field.name, sampleOf(field)]);
  return {
    creditCode,
    documentNumber: `${type.name}/1`,
    authority: "示例机关",
    occurredOn: "2024-03-01",
    ...Object.fromEntries(own),
  };
}

/** Representations of enterprises on a day. */
export function representations(
  creditCodes: readonly string[],
  time: { readonly asOf: string; readonly knownAt?: string } = { asOf: "2026-01-01" },
): Record<string, unknown> {
  return {
    representations: creditCodes.map((creditCode) => ({
      __typename: "Enterprise",
      creditCode,
      knownAt: null,
      ...time,
    })),
  };
}
