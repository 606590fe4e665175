/** Errors found while the answer is written: what is missing or malformed, and why. */
import { findFailure, isNulled, type JsonObject, type Run } from "./run";

/** One answer being written. `path` is where the writer stands; every writer leaves it as it found it. */
export interface Projecting {
  readonly run: Run;
  readonly path: (string | number)[];
  /** The texts of `__schema` and `__type` fields by response key. */
  readonly introspection: Readonly<Record<string, string>> | undefined;
}

/** A field as errors speak of it. */
export interface Field {
  readonly key: string;
  readonly coordinate: string;
  readonly isNonNull: boolean;
}

/** Reports an error at the place of the writer, and gives the text that says so. */
export function reportHere(to: Projecting, { message, code }: { message: string; code: string }): "" {
  to.run.errors.push({ message, path: [...to.path], extensions: { code } });
  return "";
}

/** What is written for a field that is null or missing: "null", or "" when it may not be null; reported if nobody has yet. */
export function explainAbsence(to: Projecting, object: JsonObject, field: Field): string {
  const { run } = to;
  const { key, coordinate, isNonNull } = field;
  const text = isNonNull ? "" : "null";
  const isPresent = object[key] === null;
  if ((isPresent && !isNonNull) || isNulled(run, object, key)) return text;
  const path = [...to.path, key];
  const failure = findFailure(run, object, key);
  if (failure) {
    if (!failure.reported)
      run.errors.push({ message: failure.message, path, extensions: failure.extensions });
    failure.shown = true;
    return text;
  }
  const message = isPresent
    ? `Cannot return null for non-nullable field ${coordinate}.`
    : `No subgraph gave a value for ${coordinate}.`;
  run.errors.push({ message, path, extensions: { code: "DOWNSTREAM_SERVICE_ERROR" } });
  return text;
}
