/**
 * JSON as RFC 8259 asks senders to write it: UTF-8, and each name once. JSON.parse takes the last of two equal names,
 * other parsers the first; what one part of a system checked must not be read differently by the next.
 */
import { isUtf8 } from "node:buffer";
import { badRequest, limitExceeded } from "./refusal";

/** Parses a request body. Throws a Refusal for anything but well-formed UTF-8 JSON of bounded nesting. */
export function parseStrictJson(body: Buffer, nestingMax: number): unknown {
  if (!isUtf8(body)) throw badRequest("The request body is not valid UTF-8.");
  const text = body.toString("utf8");
  const { names, nesting } = scan(text);
  if (nesting > nestingMax)
    throw limitExceeded("jsonNestingMax", { status: 400, allowed: nestingMax, measured: nesting });
  const value = parse(text);
  if (names !== countNames(value))
    throw badRequest("The request body has the same name twice in one object.");
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest("The request body is not valid JSON.");
  }
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** Counts the names (strings before a colon) and the deepest nesting, without building anything. */
function scan(text: string): { names: number; nesting: number } {
  let names = 0;
  let open = 0;
  let nesting = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) names++;
    // `[` and `{`, `]` and `}` differ in one bit only.
    else if ((code | 0x20) === 0x7b) nesting = Math.max(nesting, ++open);
    else if ((code | 0x20) === 0x7d) open--;
  }
  return { names, nesting };
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value as readonly unknown[]) count += countNames(element);
    return count;
  }
  for (const element of Object.values(value)) count += 1 + countNames(element);
  return count;
}
