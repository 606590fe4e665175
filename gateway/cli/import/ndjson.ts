/** NDJSON: one object a line, blank lines left out. */
import type { FactInput } from "../../../subgraphs/shared/validate-fact";
import { REASON_COLUMN, type RowDefaults, type SourceRow } from "./row";

// A fact has a few dozen short fields; whatever is longer than this is no fact, and is not kept in memory.
const LINE_CHARACTERS_MAX = 1_000_000;

async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LINE_CHARACTERS_MAX)
      throw new Error("a line is longer than 1,000,000 characters: this is not NDJSON");
  }
  yield rest;
}

function toRow(line: string, defaults: RowDefaults): SourceRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { fault: "the line is not JSON.", raw: line };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { fault: "the line is not a JSON object.", raw: line };
  const fact: Record<string, unknown> = { ...defaults, ...value };
  delete fact[REASON_COLUMN];
  return { fact: fact as FactInput, raw: line };
}

/** The rows of an NDJSON text. */
export async function* readNdjson(
  text: AsyncIterable<string>,
  defaults: RowDefaults,
): AsyncGenerator<SourceRow> {
  for await (const line of splitLines(text)) {
    const trimmed = line.trim();
    if (trimmed !== "") yield toRow(trimmed, defaults);
  }
}
