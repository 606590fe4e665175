/** Fetches of root fields, and of root fields asked again below a mutation's payload. */
import { TransportError, type SubgraphResponse } from "./contract";
import type { PlannedFetch } from "./compile-plan";
import {
  addErrorBelow,
  errorsOf,
  failureOf,
  meetsConditions,
  pathOf,
  pickVariables,
  hasAll,
  prepareFetchText,
  promisedKeys,
  textRequest,
  valueRequest,
  writeVariables,
  type FetchSetting,
  type FetchText,
  type StartFetch,
} from "./fetch";
import { collectObjects, locateObjects, responseKeys } from "./flatten-path";
import { applyRenames, mergeCopyInto, mergeInto } from "./merge";
import { recordFailure, type JsonObject, type Run } from "./run";
import type { SubgraphError, Told } from "./subgraph-errors";

/** Compiles one. */
export function compileRootFetch(planned: PlannedFetch, setting: FetchSetting): StartFetch {
  const text = prepareFetchText(planned, setting);
  const fetch: RootFetch = { planned, setting, text, promised: promisedKeys(planned.selected) };
  return (run) => {
    if (!meetsConditions(planned, run)) return undefined;
    const targets = findTargets(fetch, run);
    if (targets.length === 0) return undefined;
    return text.transport.send(toRequest(text, run), run.context).then(
      (response) => acceptRootResponse(fetch, response, { run, targets }),
      (error: unknown) => fail(fetch, wordsOfSilence(text, error), { run, targets }),
    );
  };
}

/** Whoever sent a mutation and got no answer must look before sending it again. */
function wordsOfSilence({ fixed, words }: FetchText, error: unknown): Told {
  const wasSent = !(error instanceof TransportError && error.reason === "breaker_open");
  return fixed.isMutation && wasSent ? words.unanswered : words.unavailable;
}

/** A compiled root fetch: what the answer is merged by. */
export interface RootFetch {
  readonly planned: PlannedFetch;
  readonly setting: FetchSetting;
  readonly text: FetchText;
  /** Keys that the answer must have. */
  readonly promised: readonly string[];
}

/** The request of a root fetch. */
export function toRequest(text: FetchText, run: Run) {
  return text.transport.takesValues
    ? valueRequest(text.fixed, pickVariables(text.variableNames, run))
    : textRequest(text.fixed, `{${writeVariables(text.variableNames, run)}}`);
}

interface Accepting {
  readonly run: Run;
  readonly targets: readonly JsonObject[];
}

function findTargets({ planned, setting }: RootFetch, run: Run): readonly JsonObject[] {
  if (planned.path.length === 0) return [run.data];
  const targets: JsonObject[] = [];
  collectObjects({ segments: planned.path, types: setting.types }, run.data, targets);
  return targets;
}

/** Merges an answer, or records why there is none. */
export function acceptRootResponse(fetch: RootFetch, response: SubgraphResponse, accepting: Accepting): void {
  const { planned, setting, text } = fetch;
  const { run, targets } = accepting;
  run.represented = undefined;
  const errors = errorsOf(response);
  const { data } = response;
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  if (isObject) {
    const { node } = planned;
    if (node.kind === "Fetch") applyRenames(data, node.outputRewrites, setting.types);
    targets.forEach((target, index) =>
      index === 0 && targets.length === 1
        ? mergeInto(target, data, planned.selected)
        : mergeCopyInto(target, data, planned.selected),
    );
  }
  if (errors.length > 0) addErrors(fetch, errors, accepting);
  if (!isObject || !hasAll(data, fetch.promised))
    fail(fetch, text.words.malformed, { run, targets, reported: !isObject && errors.length > 0 });
}

function addErrors(fetch: RootFetch, errors: readonly SubgraphError[], { run, targets }: Accepting): void {
  const { planned, setting, text } = fetch;
  const places =
    planned.path.length === 0
      ? new Map([[run.data, []]])
      : locateObjects({ segments: planned.path, types: setting.types }, run.data);
  for (const error of errors) {
    const told = text.words.own(error);
    const path = pathOf(error);
    if (path)
      for (const owner of targets) addErrorBelow(run, { owner, at: places.get(owner) ?? [], told }, path);
    else {
      run.errors.push({ ...told, path: responseKeys(planned.path) });
      fail(fetch, told, { run, targets, reported: true });
    }
  }
}

function fail(
  { planned }: RootFetch,
  told: Told,
  { run, targets, reported = false }: Accepting & { readonly reported?: boolean },
): void {
  const failure = failureOf(told, { keys: planned.selected, path: responseKeys(planned.path), reported });
  for (const target of targets) recordFailure(run, target, failure);
}
