/** What a pack shows the public of the facts that are marked PUBLIC, field by field. */
import { findFactType } from "../../../../schema/fact-catalogue";
import { namedValue } from "./compile-indicator";
import type { Pack } from "./pack";
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

/** The first day of the matters that are shown; undefined when all are. */
export function publishedSince({ file, program }: Pick<Pack, "file" | "program">): string | undefined {
  const { publicationSince: name } = file;
  return name === undefined ? undefined : String(namedValue(program.names, name));
}

/** Fact types and fields of the publication that the fact catalogue does not have, and a first day that no parameter gives. */
export function publicationFaults(
  scheme: Pick<SchemeFile, "publication" | "publicationSince" | "parameters">,
): readonly string[] {
  const { publicationSince: since, parameters } = scheme;
  const noDay = since !== undefined && parameters[since]?.type !== "date";
  return [
    ...fieldFaults(scheme),
    ...(noDay ? [`publicationSince: '${since}' is no parameter of type date`] : []),
  ];
}

function fieldFaults({ publication }: Pick<SchemeFile, "publication">): readonly string[] {
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
