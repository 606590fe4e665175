/** Writes answers as JSON text. */
import {
  GraphQLError,
  Kind,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Answer, AnswerError } from "./contract";
import { isExcluded } from "./plannable";
import { FAILED } from "./projection-errors";
import type { Run } from "./run";
import type { Variables } from "./variables";
import { fromByteText, toByteText } from "./byte-text";
import { writeTree, type VerbatimPlaces } from "./verbatim/write";

/** More errors than this say nothing new; the last one then says how many were left out. */
const ERRORS_SHOWN_MAX = 1_000;

/** A request error: nothing was executed, the response has no `data`. */
export function refuse(errors: readonly AnswerError[], operation: Answer["operation"] = null): Answer {
  return { json: `{"errors":${JSON.stringify(errors)}}`, executed: false, operation, errors };
}

/** An error of graphql-js as callers see it: without suggestions, which would give away names of the schema. */
export function toAnswerError(error: GraphQLError, code: string): AnswerError {
  return {
    message: error.message.replace(/ Did you mean .*$/s, ""),
    ...(error.locations && { locations: error.locations }),
    extensions: { code },
  };
}

/** What errors are placed by. */
export interface ErrorScope {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** What an answer is written by. */
interface Written {
  readonly run: Run;
  readonly scope: ErrorScope;
  readonly places: VerbatimPlaces;
}

/** The answer of an executed operation; `data` is FAILED when the root itself had to be null. */
export function writeAnswer(
  data: unknown,
  { run, scope, places }: Written,
  operation: Answer["operation"],
): Answer {
  const shown = data === FAILED ? null : data;
  const hasFailed = run.errors.length > 0 || run.failed.length > 0;
  const errors = hasFailed ? collectErrors(run, scope) : [];
  if (places.size > 0) {
    const bytes = writeBytes(shown, errors, places);
    return {
      bytes,
      get json() {
        return fromByteText(bytes);
      },
      executed: true,
      operation,
      errors,
    };
  }
  const json = JSON.stringify(errors.length === 0 ? { data: shown } : { data: shown, errors });
  return { json, executed: true, operation, errors };
}

function writeBytes(data: unknown, errors: readonly AnswerError[], places: VerbatimPlaces): string {
  const told = errors.length === 0 ? "" : `,"errors":${toByteText(JSON.stringify(errors))}`;
  return `{"data":${writeTree(data, places)}${told}}`;
}

/** Failures that no field of the caller's showed are told too: the answer may rest on what is missing. */
function collectErrors(run: Run, scope: ErrorScope): readonly AnswerError[] {
  const unseen = new Map<string, AnswerError>();
  for (const { message, path, extensions, shown } of run.failed)
    if (!shown) unseen.set(JSON.stringify([message, path]), { message, path, extensions });
  const errors = [...run.errors, ...unseen.values()];
  const visibleScope = { ...scope, variables: run.variables };
  const kept = errors.slice(0, ERRORS_SHOWN_MAX).map((error) => placeVisibly(error, visibleScope));
  if (errors.length > kept.length)
    kept.push({
      message: `${errors.length - kept.length} more errors are not shown.`,
      extensions: { code: "DOWNSTREAM_SERVICE_ERROR" },
    });
  return kept;
}

interface VisibleScope extends ErrorScope {
  readonly variables: Variables;
}

/** The root is no field: an error about an answer as a whole has no path. */
function placeVisibly(error: AnswerError, scope: VisibleScope): AnswerError {
  const { path, ...pathless } = error;
  const visible = path === undefined ? [] : visiblePath(path, scope);
  return visible.length === 0 ? pathless : { ...error, path: visible };
}

/** An error below something that only the gateway asked for is shown at the last place that the caller knows. */
function visiblePath(path: readonly (string | number)[], scope: VisibleScope): readonly (string | number)[] {
  let sets: readonly SelectionSetNode[] = [scope.operation.selectionSet];
  for (const [index, segment] of path.entries()) {
    if (typeof segment === "number") continue;
    const found = sets.flatMap((set) => fieldsNamed(segment, set, scope));
    if (found.length === 0) return path.slice(0, index);
    sets = found.filter((set) => set !== undefined);
  }
  return path;
}

function fieldsNamed(
  responseKey: string,
  set: SelectionSetNode,
  scope: VisibleScope,
): readonly (SelectionSetNode | undefined)[] {
  return set.selections.flatMap((selection) => {
    if (isExcluded(selection, scope.variables)) return [];
    if (selection.kind === Kind.FIELD)
      return (selection.alias ?? selection.name).value === responseKey ? [selection.selectionSet] : [];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : scope.fragments.get(selection.name.value);
    return inner ? fieldsNamed(responseKey, inner.selectionSet, scope) : [];
  });
}
