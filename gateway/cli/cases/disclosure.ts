/** Holds what a public reader may see against a case: of facts marked PUBLIC, the fields that the pack publishes. */
import type { PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { publishedFields } from "../../../subgraphs/joint/policy/pack/publication";
import type { AcceptanceCase, CaseFact, Disclosure } from "./case";

/** What is published or withheld other than expected. */
export function checkDisclosure(
  expected: Disclosure,
  { facts, scheme, asOf }: AcceptanceCase,
  registry: PackRegistry,
): readonly string[] {
  if (expected.audience !== "PUBLIC") return [`there is no audience ${expected.audience}`];
  const mine = facts.filter(({ creditCode }) => creditCode === expected.creditCode);
  const visible = mine.filter(isPublic);
  const published = publishedFields(registry.find(scheme, asOf)!.file);
  const shown = new Set(
    visible
      .flatMap((fact) => Object.keys(fact).map((name) => `${fact.type}.${name}`))
      .filter((field) => published.has(field)),
  );
  const hidden = expected.published
    .filter((field) => !shown.has(field))
    .map((field) => `${field} is not published`);
  const leaked = visible
    .map((fact) => String(fact["documentNumber"]))
    .filter((document) => expected.withheldDocuments.includes(document));
  return [...hidden, ...leaked.map((document) => `${document} is not withheld`)];
}

function isPublic(fact: CaseFact): boolean {
  return fact["disclosure"] === "PUBLIC" && fact["status"] !== "WITHDRAWN";
}
