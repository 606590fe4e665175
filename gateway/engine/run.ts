/** What one operation in flight knows: its data so far, and what went wrong where. */
import type { AnswerError, RequestContext } from "./contract";
import type { Represented } from "./represent";

/** An object of a JSON answer. */
export type JsonObject = Record<string, unknown>;

/** Why fields are missing from objects. Shown at each of them, unless errors of the subgraph's own already are. */
export interface Failure {
  /** The response keys that the failed fetch would have filled. */
  readonly keys: ReadonlyMap<string, unknown>;
  readonly message: string;
  readonly extensions: AnswerError["extensions"];
  /** Where the fetch belongs: shown when none of the missing fields was asked for by the caller. */
  readonly path: readonly (string | number)[];
  /** True when the subgraph gave errors of its own about it: they are among the errors. */
  readonly reported: boolean;
  /** Set once a missing field was explained by it. */
  shown: boolean;
}

/** One operation in flight. Everything in it belongs to one request; nothing is shared between callers. */
export interface Run {
  readonly context: RequestContext;
  /** The coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: JsonObject;
  readonly errors: AnswerError[];
  /** By object of `data`: what failed to fill it. Absent while nothing failed. */
  failures: Map<object, Failure[]> | undefined;
  /** Every failure that was recorded, in the order of time. */
  readonly failed: Failure[];
  /** By object or list of `data`: the keys that are null because of an error that is reported. */
  nulled: Map<object, Set<string | number>> | undefined;
  /** What was represented last; true until something is merged. */
  represented: { readonly sameAs: string | undefined; readonly represented: Represented } | undefined;
}

/** Starts the bookkeeping of one operation. */
export function createRun(context: RequestContext, variables: Readonly<Record<string, unknown>>): Run {
  return {
    context,
    variables,
    data: {},
    errors: [],
    failures: undefined,
    failed: [],
    nulled: undefined,
    represented: undefined,
  };
}

/** Says that a fetch did not fill its keys of this object. */
export function recordFailure(run: Run, object: object, failure: Failure): void {
  run.failures ??= new Map();
  if (run.failed.at(-1) !== failure) run.failed.push(failure);
  const known = run.failures.get(object);
  if (known) known.push(failure);
  else run.failures.set(object, [failure]);
}

/** What failed to fill this key, if it is known. */
export function findFailure(run: Run, object: object, key: string): Failure | undefined {
  return run.failures?.get(object)?.find(({ keys }) => keys.has(key));
}

/** Whether this place is null because of an error that is reported already. */
export function isNulled(run: Run, owner: object, key: string | number): boolean {
  return run.nulled?.get(owner)?.has(key) === true;
}

/** Follows an error's path from `owner` down to the null that it caused, and remembers that place. */
export function markNulled(run: Run, owner: object, path: readonly (string | number)[]): void {
  let holder: object = owner;
  for (const key of path) {
    const value = (holder as JsonObject)[key];
    if (value === null || value === undefined) {
      run.nulled ??= new Map();
      const keys = run.nulled.get(holder);
      if (keys) keys.add(key);
      else run.nulled.set(holder, new Set([key]));
      return;
    }
    if (typeof value !== "object") return;
    holder = value;
  }
}
