/** Holds what a public reader may see against a case: of facts marked PUBLIC, the fields that the pack publishes. */
import { occurrenceDay } from "../../../subgraphs/joint/policy/pack/fact-fields";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { publishedFields, publishedSince } from "../../../subgraphs/joint/policy/pack/publication";
import type { AcceptanceCase, CaseFact, Disclosure } from "./case";
import { knownFacts, toEvidenceFact } from "./case-evidence";

/** What is published or withheld other than expected. */
export function checkDisclosure(expected: Disclosure, one: AcceptanceCase, pack: Pack): readonly string[] {
  if (expected.audience !== "PUBLIC") return [`there is no audience ${expected.audience}`];
  const visible = visibleFacts(expected.creditCode, one, pack);
  const published = publishedFields(pack.file);
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

// Of what was recorded by then: marked PUBLIC, not withdrawn, happened by the day asked about and since the pack's first day.
function visibleFacts(
  creditCode: string,
  { facts, asOf, knownAt }: AcceptanceCase,
  pack: Pack,
): readonly CaseFact[] {
  const since = publishedSince(pack) ?? "";
  const types = new Set([...publishedFields(pack.file)].map((field) => field.split(".")[0]));
  const mine = facts.filter((fact) => fact.creditCode === creditCode);
  return knownFacts(mine, knownAt)
    .filter(({ fact }) => fact["disclosure"] === "PUBLIC" && types.has(fact.type))
    .map((recorded) => ({ fact: recorded.fact, read: toEvidenceFact(recorded) }))
    .filter(({ read }) => read.status !== "WITHDRAWN" && isBetween(occurrenceDay(read), since, asOf))
    .map(({ fact }) => fact);
}

// A fact without a day of its own, a registration, is of every day.
function isBetween(day: string | null, since: string, until: string): boolean {
  return day === null || (since <= day && day <= until);
}
