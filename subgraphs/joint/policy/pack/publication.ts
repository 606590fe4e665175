/** What a pack shows the public of the facts that are marked PUBLIC, field by field. */
import { findFactType } from "../../../../schema/fact-catalogue";
import type { SchemeFile } from "./scheme-file";

const COMMON_FIELDS = new Set(
  "creditCode documentNumber authority occurredOn validFrom validUntil status".split(" "),
);

/** The published fields, each as `Type.field`. */
export function publishedFields({ publication }: Pick<SchemeFile, "publication">): ReadonlySet<string> {
  return new Set(
    publication.flatMap(({ facts }) =>
      Object.entries(facts).flatMap(([type, fields]) => fields.map((field) => `${type}.${field}`)),
    ),
  );
}

/** Fact types and fields of the publication that the fact catalogue does not have. */
export function publicationFaults({ publication }: Pick<SchemeFile, "publication">): readonly string[] {
  return publication.flatMap(({ facts }) =>
    Object.entries(facts).flatMap(([name, fields]) => {
      const type = findFactType(name);
      if (!type) return [`publication: there is no fact type '${name}'`];
      return fields
        .filter((field) => !COMMON_FIELDS.has(field) && !type.fields.some((own) => own.name === field))
        .map((field) => `publication: ${name} has no field '${field}'`);
    }),
  );
}
