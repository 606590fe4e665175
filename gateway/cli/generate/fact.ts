/** How the facts of a synthetic city are written down. */
import type { Enterprise } from "./enterprise";

/** One line of a generated file: a fact as `hub import` takes it. */
export type GeneratedFact = Readonly<Record<string, unknown>> & { readonly type: string };

/** A department's facts about one enterprise. */
export type FactsOf = (enterprise: Enterprise) => readonly GeneratedFact[];

/** A document number in the usual form: mark of the authority, year, serial number. */
export function documentNumber(mark: string, day: string, { index }: Pick<Enterprise, "index">): string {
  return `${mark}〔${day.slice(0, 4)}〕${index + 1}号`;
}

/** Yuan with two places. */
export function yuan(amount: number): string {
  return `${Math.round(amount)}.00`;
}
