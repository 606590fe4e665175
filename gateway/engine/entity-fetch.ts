/** Fetches through `_entities`: represent the objects found so far, ask once for each, put the answers back. */
import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import type { ReadAnswer, SubgraphRequest, SubgraphResponse } from "./contract";
import type { EntityLookup, PlannedFetch } from "./compile-plan";
import {
  addErrorBelow,
  entitiesRequest,
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
import { collectObjects, locateObjects, responseKeys, type FlattenPath } from "./flatten-path";
import { askForKeys, namesItself } from "./key-echo";
import { applyRenames, mergeCopyInto, mergeInto } from "./merge";
import { compileRepresentation, type RepresentationBuilder } from "./representations";
import { represent, type Represented } from "./represent";
import { recordFailure, type Failure, type JsonObject, type Run } from "./run";
import type { FailureWords, SubgraphError, Told } from "./subgraph-errors";
import type { SupergraphTypes } from "./supergraph-types";

/** Gives the reader of a fetch's answers, by the operation that it sends. */
export type ReaderOf = (planned: PlannedFetch, operation: string) => ReadAnswer | undefined;

/** Compiles one. */
export function compileEntityFetch(
  planned: PlannedFetch,
  setting: FetchSetting,
  readerOf: ReaderOf,
): StartFetch {
  const { operation, serviceName: subgraph } = planned.node;
  const echoed = askForKeys(operation, planned.lookups, { subgraph, types: setting.types });
  const prepared = prepareFetchText(planned, setting, echoed.text);
  const text = { ...prepared, fixed: { ...prepared.fixed, read: readerOf(planned, echoed.text) } };
  const lookups = planned.lookups.map((lookup): CompiledLookup => {
    const paths = lookup.paths.map((segments) => ({ segments, types: setting.types }));
    const builder = compileRepresentation(lookup, subgraph, setting.types);
    const keys = echoed.keysOf.get(lookup) ?? [];
    const sameAs = signatureOf(lookup, builder, setting.types);
    return { lookup, paths, builder, text, setting, keys, promised: promisedKeys(lookup.selected), sameAs };
  });
  return (run) => {
    if (!meetsConditions(planned, run)) return undefined;
    const asked = lookups.map((lookup) => ask(lookup, run));
    if (asked.every(({ values }) => values.length === 0)) return undefined;
    return text.transport.send(toRequest(text, asked, run), run.context).then(
      (response) => accept(asked, response, run),
      () => asked.forEach((lookup) => failAll(lookup, text.words.unavailable, { run, reported: false })),
    );
  };
}

interface CompiledLookup {
  readonly lookup: EntityLookup;
  readonly paths: readonly FlattenPath[];
  readonly builder: RepresentationBuilder;
  readonly text: FetchText;
  readonly setting: FetchSetting;
  /** Fields by which every entity of an answer says whom it is about. */
  readonly keys: readonly string[];
  /** Keys that every entity of an answer must have. */
  readonly promised: readonly string[];
  /** Equal for lookups that represent the same objects alike; undefined when that depends on more than the plan. */
  readonly sameAs: string | undefined;
}

function signatureOf(
  { paths, requires, inputRewrites }: EntityLookup,
  { keys }: RepresentationBuilder,
  types: SupergraphTypes,
): string | undefined {
  const [fragment, ...others] = requires;
  const isOfOneType =
    others.length === 0 && fragment?.kind === "InlineFragment" && !types.isAbstract(fragment.typeCondition);
  return isOfOneType && !types.hasInterfaceObjects
    ? JSON.stringify([paths, requires, inputRewrites, keys])
    : undefined;
}

/** One lookup as it was asked. */
interface Asked extends Represented {
  readonly of: CompiledLookup;
}

function ask(of: CompiledLookup, run: Run): Asked {
  const represented = representOnce(of, run);
  for (const object of represented.missing) recordNotAsked(of, object, run);
  return { of, ...represented };
}

/** Fetches that start together often ask about the same entities in the same words: these are found and written once. */
function representOnce(of: CompiledLookup, run: Run): Represented {
  const known = run.represented;
  if (of.sameAs !== undefined && known?.sameAs === of.sameAs) return known.represented;
  const found: JsonObject[] = [];
  for (const path of of.paths) collectObjects(path, run.data, found);
  const represented = represent(of.builder, found, run);
  run.represented = { sameAs: of.sameAs, represented };
  return represented;
}

function recordNotAsked(of: CompiledLookup, object: JsonObject, run: Run): void {
  recordFailure(run, object, toFailure(of, of.text.words.notAsked));
}

function toRequest(text: FetchText, asked: readonly Asked[], run: Run): SubgraphRequest {
  if (text.transport.takesValues) {
    const variables = pickVariables(text.variableNames, run);
    for (const { of, values } of asked) variables[of.lookup.representationsVariableName] = values;
    return valueRequest(text.fixed, variables);
  }
  const [only] = asked;
  if (only && asked.length === 1 && text.variableNames.length === 0 && isPlainLookup(only.of.lookup))
    return entitiesRequest(text.fixed, { count: only.values.length, listJson: only.listJson() });
  let json = writeVariables(text.variableNames, run);
  for (const one of asked)
    json += `${json === "" ? "" : ","}"${one.of.lookup.representationsVariableName}":[${one.listJson()}]`;
  return textRequest(text.fixed, `{${json}}`);
}

function isPlainLookup({ representationsVariableName, responseKey }: EntityLookup): boolean {
  return representationsVariableName === "representations" && responseKey === "_entities";
}

function accept(asked: readonly Asked[], response: SubgraphResponse, run: Run): void {
  run.represented = undefined;
  const errors = errorsOf(response);
  const data: unknown = response.data;
  const foreign = foreignErrors(asked, errors);
  for (const one of asked) {
    const entities =
      typeof data === "object" && data !== null ? (data as JsonObject)[one.of.lookup.responseKey] : undefined;
    const isAnswer = Array.isArray(entities) && entities.length === one.values.length;
    if (isAnswer) mergeEntities(one, entities, run);
    const explained = errors.length === 0 ? NOTHING_EXPLAINED : addErrors(one, errors, run);
    if (!isAnswer && one.values.length > 0)
      failAll(one, one.of.text.words.malformed, { run, reported: explained.whole || foreign.length > 0 });
    else if (isAnswer) recordMissingEntities(one, entities, { run, explained });
  }
  if (foreign.length > 0) addForeignErrors(asked, foreign, run);
}

function mergeEntities(
  { of, targets, numbers, values }: Asked,
  entities: readonly unknown[],
  run: Run,
): void {
  applyRenames(entities, of.lookup.outputRewrites, of.setting.types);
  const isShared = targets.length > values.length;
  for (let index = 0; index < targets.length; index++) {
    const target = targets[index]!;
    const entity = entities[numbers[index]!];
    if (!isEntity(entity)) continue;
    const isSame = mayBeSame(target, entity, of);
    if (!isSame || !hasAll(entity, of.promised))
      recordFailure(run, target, toFailure(of, of.text.words.malformed));
    if (!isSame) continue;
    if (isShared) mergeCopyInto(target, entity, of.lookup.selected);
    else mergeInto(target, entity, of.lookup.selected);
  }
}

function isEntity(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An entity of another type or key than the one asked about is no answer. */
function mayBeSame(target: JsonObject, entity: JsonObject, of: CompiledLookup): boolean {
  if (!namesItself(entity, of.keys, target)) return false;
  const { types } = of.setting;
  const asked = target["__typename"];
  const given = entity["__typename"];
  if (typeof asked !== "string" || given === undefined || asked === given) return true;
  return typeof given === "string" && (types.isAbstract(asked) || types.isAbstract(given));
}

interface Explained {
  /** Entities by number that the subgraph gave an error for. */
  readonly numbers: ReadonlySet<number>;
  /** It gave an error for the lookup as a whole. */
  readonly whole: boolean;
}

const NOTHING_EXPLAINED: Explained = { numbers: new Set(), whole: false };

function addErrors({ of, targets, numbers }: Asked, errors: readonly SubgraphError[], run: Run): Explained {
  const places = new Map(of.paths.flatMap((path) => [...locateObjects(path, run.data)]));
  const explained = new Set<number>();
  let whole = false;
  for (const error of errors) {
    const path = pathOf(error);
    const [key, number, ...rest] = path ?? [];
    if (key !== of.lookup.responseKey) continue;
    const told = of.text.words.own(error);
    if (typeof number !== "number") {
      whole = true;
      run.errors.push({ ...told, path: staticPath(of) });
      continue;
    }
    explained.add(number);
    targets.forEach((owner, index) => {
      if (numbers[index] === number) addErrorBelow(run, { owner, at: places.get(owner) ?? [], told }, rest);
    });
  }
  return { numbers: explained, whole };
}

/** Errors that name no lookup of this fetch. */
function foreignErrors(asked: readonly Asked[], errors: readonly SubgraphError[]): readonly SubgraphError[] {
  return errors.filter((error) => asked.every(({ of }) => of.lookup.responseKey !== pathOf(error)?.[0]));
}

/** They are shown where the fetch belongs: once at every such place. */
function addForeignErrors(asked: readonly Asked[], errors: readonly SubgraphError[], run: Run): void {
  const places = new Map<string, { readonly path: readonly string[]; readonly words: FailureWords }>();
  for (const { of } of asked)
    for (const segments of of.lookup.paths) {
      const path = placeOf(segments);
      places.set(path.join("."), { path, words: of.text.words });
    }
  for (const error of errors)
    for (const { path, words } of places.values()) run.errors.push({ ...words.own(error), path });
}

function recordMissingEntities(
  { of, targets, numbers }: Asked,
  entities: readonly unknown[],
  { run, explained }: { run: Run; explained: Explained },
): void {
  targets.forEach((target, index) => {
    const number = numbers[index]!;
    if (isEntity(entities[number])) return;
    const reported = explained.whole || explained.numbers.has(number);
    recordFailure(run, target, toFailure(of, of.text.words.malformed, reported));
  });
}

function failAll(
  { of, targets }: Asked,
  told: Told,
  { run, reported }: { readonly run: Run; readonly reported: boolean },
): void {
  const failure = toFailure(of, told, reported);
  for (const target of targets) recordFailure(run, target, failure);
}

function toFailure(of: CompiledLookup, told: Told, reported = false): Failure {
  return failureOf(told, { keys: of.lookup.selected, path: staticPath(of), reported });
}

/** Where a lookup belongs, without list positions: as far as the first list. */
function staticPath({ lookup: { paths } }: CompiledLookup): readonly string[] {
  return placeOf(paths[0] ?? []);
}

function placeOf(segments: readonly FlattenNodePathSegment[]): readonly string[] {
  const firstList = segments.indexOf("@");
  return responseKeys(firstList < 0 ? segments : segments.slice(0, firstList));
}
