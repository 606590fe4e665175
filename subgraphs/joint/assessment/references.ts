/** References to facts and rules as reasons show them. */
import type { EvidenceFact } from "../evidence/evidence";
import type { Indicator } from "../policy/pack/indicator";
import type { FactReference, RuleReference } from "./assessment";
import type { DecidingRow } from "./results";
import { happenedOn } from "../policy/pack/fact-fields";

/** Who recorded which fact, and when the matter happened. */
export function referenceTo(fact: EvidenceFact): FactReference {
  const { department, type, id, documentNumber } = fact;
  return { department, type, id, documentNumber, occurredOn: happenedOn(fact) };
}

/** The row of a table. */
export function ruleOf({ node, row }: DecidingRow): RuleReference {
  return { table: node.table.name, row: row.id, text: row.text, legalBasis: row.legalBasis };
}

/** The counting rule of an indicator, for facts that it did not count. */
export function indicatorRule({ name, label, legalBasis }: Indicator): RuleReference {
  return { table: "indicators", row: name, text: label, legalBasis };
}
