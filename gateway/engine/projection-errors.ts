/** Errors found while the answer is made: what is missing or malformed, and why. */
import { findFailure, isNulled, type JsonObject, type Run } from "./run";

/** Stands for a value that has failed: the error is reported, and the next place above that may be null is null. */
export const FAILED = Symbol("failed");

/** One answer being made. `path` is where the projection stands; every part of it leaves it as it found it. */
export interface Projecting {
  readonly run: Run;
  readonly path: (string | number)[];
  /** The values of `__schema` and `__type` fields by response key. */
  readonly introspection: Readonly<Record<string, unknown>> | undefined;
}

/** A field as errors speak of it. */
export interface Field {
  readonly key: string;
  readonly coordinate: string;
  readonly isNonNull: boolean;
}

/** Reports an error at this place. */
export function reportHere(
  to: Projecting,
  { message, code }: { message: string; code: string },
): typeof FAILED {
  to.run.errors.push({ message, path: [...to.path], extensions: { code } });
  return FAILED;
}

/** What a field that is null or missing becomes: null, or FAILED when it may not be null; reported if nobody has yet. */
export function explainAbsence(to: Projecting, object: JsonObject, field: Field): null | typeof FAILED {
  const { run } = to;
  const { key, coordinate, isNonNull } = field;
  const outcome = isNonNull ? FAILED : null;
  const isPresent = object[key] === null;
  if ((isPresent && !isNonNull) || isNulled(run, object, key)) return outcome;
  const path = [...to.path, key];
  const failure = findFailure(run, object, key);
  if (failure) {
    if (!failure.reported)
      run.errors.push({ message: failure.message, path, extensions: failure.extensions });
    failure.shown = true;
    return outcome;
  }
  const message = isPresent
    ? `Cannot return null for non-nullable field ${coordinate}.`
    : `No subgraph gave a value for ${coordinate}.`;
  run.errors.push({ message, path, extensions: { code: "DOWNSTREAM_SERVICE_ERROR" } });
  return outcome;
}
