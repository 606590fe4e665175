/** One entity of a question to `_entities`: what it is filed under, and whether an answer is about it. */
import { toByteText } from "../engine/byte-text";
import type { SubgraphRequest, SubgraphResponse } from "../engine/contract";

export type Representation = Readonly<Record<string, unknown>>;

/** An entity that is asked for. */
export interface AskedEntity {
  readonly representation: Representation;
  /** The representation as it is sent. */
  readonly json: string;
  /** By what the change feed names it. */
  readonly key: string;
  /** What its answer is filed under: query, rights and representation. */
  readonly id: string;
}

/** Describes what a question is asked about. `prefix` is what all its entities have in common: query and rights. */
export function describeEntity(
  representation: Representation,
  { keyField, prefix }: { readonly keyField: string; readonly prefix: string },
): AskedEntity {
  const json = JSON.stringify(representation);
  return { representation, json, key: String(representation[keyField]), id: `${prefix}\u0000${json}` };
}

/** The same question about these entities only. */
export function askFor(some: readonly AskedEntity[], { query, queryJson }: SubgraphRequest): SubgraphRequest {
  const listJson = toByteText(some.map(({ json }) => json).join());
  return {
    query,
    ...(queryJson !== undefined && { queryJson }),
    isMutation: false,
    entities: { count: some.length, listJson },
    variablesJson: `{"representations":[${listJson}]}`,
    get variables() {
      return { representations: some.map(({ representation }) => representation) };
    },
  };
}

/** The entities of an answer without errors and of the length asked for; undefined for any other. */
export function readEntities(response: SubgraphResponse, length: number): readonly unknown[] | undefined {
  const entities = response.data?.["_entities"];
  const isWhole = Array.isArray(entities) && entities.length === length && !response.errors?.length;
  return isWhole ? entities : undefined;
}

/** Whether an entity names itself by `keyField`, at its top or in its branches, and everywhere by the key that was asked for. */
export function isAbout(entity: unknown, { key }: AskedEntity, keyField: string): boolean {
  if (!isRecord(entity)) return false;
  const echoes = [entity, ...Object.values(entity).filter(isRecord)]
    .filter((part) => keyField in part)
    .map((part) => part[keyField]);
  return echoes.length > 0 && echoes.every((echo) => echo === key);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
