/**
 * Holds what a reader may see against a case. The public sees of facts marked PUBLIC the fields that the pack publishes, and
 * where a pack publishes nothing of its own, or there is none, all that the graph shows of them.
 */
import { occurrenceDay } from "../../../subgraphs/joint/policy/pack/fact-fields";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { publishedFields, publishedSince } from "../../../subgraphs/joint/policy/pack/publication";
import type { AcceptanceCase, CaseFact, Disclosure } from "./case";
import { knownFacts, toEvidenceFact } from "./case-evidence";

/** What is published or withheld other than expected. */
export function checkDisclosure(
  expected: Disclosure,
  one: AcceptanceCase,
  pack: Pack | undefined,
): readonly string[] {
  if (expected.audience !== "PUBLIC") return [`there is no audience ${expected.audience}`];
  const visible = visibleFacts(expected.creditCode, one, pack);
  const published = columnsOf(pack);
  const shown = new Set(
    visible
      .flatMap((fact) => Object.keys(fact).map((name) => `${fact.type}.${name}`))
      .filter((field) => published?.has(field) ?? true),
  );
  const hidden = expected.published
    .filter((field) => !shown.has(field))
    .map((field) => `${field} is not published`);
  const leaked = visible
    .map((fact) => String(fact["documentNumber"]))
    .filter((document) => expected.withheldDocuments.includes(document));
  return [...hidden, ...leaked.map((document) => `${document} is not withheld`)];
}

function columnsOf(pack: Pack | undefined): ReadonlySet<string> | undefined {
  return pack && pack.file.publication.length > 0 ? publishedFields(pack.file) : undefined;
}

// Of what was recorded by then: marked PUBLIC, not withdrawn, happened by the day asked about and since the pack's first day.
function visibleFacts(
  creditCode: string,
  { facts, asOf, knownAt }: AcceptanceCase,
  pack: Pack | undefined,
): readonly CaseFact[] {
  const since = (pack && publishedSince(pack)) ?? "";
  const columns = columnsOf(pack);
  const types = columns && new Set([...columns].map((field) => field.split(".")[0]));
  const mine = facts.filter((fact) => fact.creditCode === creditCode);
  return knownFacts(mine, knownAt)
    .filter(({ fact }) => fact["disclosure"] === "PUBLIC" && (types?.has(fact.type) ?? true))
    .map((recorded) => ({ fact: recorded.fact, read: toEvidenceFact(recorded) }))
    .filter(({ read }) => read.status !== "WITHDRAWN" && isBetween(occurrenceDay(read), since, asOf))
    .map(({ fact }) => fact);
}

// A fact without a day of its own, a registration, is of every day.
function isBetween(day: string | null, since: string, until: string): boolean {
  return day === null || (since <= day && day <= until);
}
