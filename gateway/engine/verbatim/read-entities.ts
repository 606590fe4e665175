/**
 * Reads an answer about entities from its byte text, when it is exactly as expected: leaves are parsed, objects and lists are
 * recognised and taken verbatim. Anything else about the text (errors, other fields, another order, an escape) gives undefined:
 * then whoever asked parses it.
 */
import { fromByteText } from "../byte-text";
import type { ReadAnswer, SubgraphResponse } from "../contract";
import { whereItPays } from "../exact-answer";
import type { JsonObject } from "../run";
import { headsOf, isPlain, type Scan } from "./scan";
import { verbatim, type Verbatim } from "./verbatim";

/** A field of the entities, in the order of the request. */
export interface EntityField {
  readonly key: string;
  readonly scan: Scan;
  readonly isLeaf: boolean;
}

const START = '{"data":{"_entities":[';
const END = "]}}";
const QUOTE = 0x22;
const LETTER_N = 0x6e;

/** Compiles the reading of answers whose entities have these fields, at least one. */
export function compileEntityReader(fields: readonly EntityField[]): ReadAnswer {
  const readEntity = compileEntity(fields);
  return whereItPays((bytes: string): SubgraphResponse | undefined => {
    // Apollo Server ends its answers with the line.
    const text = bytes.endsWith("\n") ? bytes.slice(0, -1) : bytes;
    if (!text.startsWith(START) || !isPlain(text)) return undefined;
    const entities: (JsonObject | null)[] = [];
    let at = START.length - 1;
    do {
      at = readEntity(text, at + 1, entities);
      if (at < 0) return undefined;
    } while (text.startsWith(",", at));
    return text.startsWith(END, at) && at + END.length === text.length
      ? { data: { _entities: entities } }
      : undefined;
  });
}

/** Adds the entity that stands at `at`, and gives the place behind it, or -1. */
type ReadEntity = (text: string, at: number, entities: (JsonObject | null)[]) => number;

function compileEntity(fields: readonly EntityField[]): ReadEntity {
  const heads = headsOf(fields.map(({ key }) => key));
  return (text, start, entities) => {
    if (text.startsWith("null", start)) return (entities.push(null), start + 4);
    const entity: JsonObject = {};
    let at = start;
    for (let index = 0; index < fields.length; index++) {
      const { key, scan, isLeaf } = fields[index]!;
      if (!text.startsWith(heads[index]!, at)) return -1;
      at += heads[index]!.length;
      const end = scan(text, at);
      if (end < 0) return -1;
      entity[key] = isLeaf ? readLeaf(text, at, end) : takeBranch(text, at, end);
      at = end;
    }
    entities.push(entity);
    return text.startsWith("}", at) ? at + 1 : -1;
  };
}

function readLeaf(text: string, at: number, end: number): unknown {
  if (text.charCodeAt(at) === QUOTE) return fromByteText(text.slice(at + 1, end - 1));
  return JSON.parse(fromByteText(text.slice(at, end)));
}

function takeBranch(text: string, at: number, end: number): Verbatim | null {
  return text.charCodeAt(at) === LETTER_N ? null : verbatim(text.slice(at, end));
}
