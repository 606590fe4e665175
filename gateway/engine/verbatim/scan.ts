/**
 * Recognises JSON values in byte text without making anything of them. Only the plainest writing is recognised (RFC 8259 without
 * white space and without escapes); whoever meets another parses the text instead. That no string of the text holds a
 * backslash or control character has to be known beforehand (`isPlain`).
 */

/** Gives the place behind the value that begins at `at`; -1 where no value of its kind stands there. */
export type Scan = (text: string, at: number) => number;

const NOT_HERE = -1;
const [QUOTE, COMMA, COLON, MINUS, ZERO, NINE] = [0x22, 0x2c, 0x3a, 0x2d, 0x30, 0x39];
const [LIST_START, LIST_END, OBJECT_START, OBJECT_END, LETTER_N] = [0x5b, 0x5d, 0x7b, 0x7d, 0x6e];

/** Deeper values are parsed. */
const NESTING_MAX = 32;
/** Integers of more digits may lie outside 32 bits: they are parsed. */
const INT_DIGITS_MAX = 9;

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f]/;

/** Whether no string of the text needs unescaping, and none is malformed. */
export function isPlain(text: string): boolean {
  return !text.includes("\\") && !CONTROL.test(text);
}

/** A string. */
export function scanString(text: string, at: number): number {
  if (text.charCodeAt(at) !== QUOTE) return NOT_HERE;
  const end = text.indexOf('"', at + 1);
  return end < 0 ? NOT_HERE : end + 1;
}

/** An integer that surely has no more than 32 bits. */
export function scanInt(text: string, at: number): number {
  const start = text.charCodeAt(at) === MINUS ? at + 1 : at;
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  const digits = end - start;
  if (digits === 0 || digits > INT_DIGITS_MAX || isFraction(text.charCodeAt(end))) return NOT_HERE;
  // "-0" is not an integer that JSON.parse keeps, and "01" no number.
  return text.charCodeAt(start) === ZERO && (digits > 1 || start > at) ? NOT_HERE : end;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** ".", "e" or "E": what would make an integer another number. */
function isFraction(code: number): boolean {
  return code === 0x2e || code === 0x65 || code === 0x45;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** A number that is finite. */
export function scanNumber(text: string, at: number): number {
  NUMBER.lastIndex = at;
  const found = NUMBER.exec(text);
  return found && Number.isFinite(Number(found[0])) ? at + found[0].length : NOT_HERE;
}

/** True or false. */
export function scanBoolean(text: string, at: number): number {
  if (text.startsWith("true", at)) return at + 4;
  return text.startsWith("false", at) ? at + 5 : NOT_HERE;
}

/** Any value but null, of a scalar whose values nobody here knows. */
export function scanAny(text: string, at: number): number {
  return text.charCodeAt(at) === LETTER_N ? NOT_HERE : scanValue(text, at, 0);
}

function scanValue(text: string, at: number, depth: number): number {
  switch (text.charCodeAt(at)) {
    case QUOTE:
      return scanString(text, at);
    case OBJECT_START:
      return depth < NESTING_MAX ? scanMembers(text, at + 1, depth + 1) : NOT_HERE;
    case LIST_START:
      return depth < NESTING_MAX ? scanItems(text, at + 1, depth + 1) : NOT_HERE;
    case LETTER_N:
      return text.startsWith("null", at) ? at + 4 : NOT_HERE;
    case 0x74:
    case 0x66:
      return scanBoolean(text, at);
    default:
      return scanNumber(text, at);
  }
}

function scanMembers(text: string, start: number, depth: number): number {
  if (text.charCodeAt(start) === OBJECT_END) return start + 1;
  for (let at = start; ; at++) {
    const colon = scanString(text, at);
    if (text.charCodeAt(colon) !== COLON) return NOT_HERE;
    at = scanValue(text, colon + 1, depth);
    if (at < 0) return NOT_HERE;
    const next = text.charCodeAt(at);
    if (next === OBJECT_END) return at + 1;
    if (next !== COMMA) return NOT_HERE;
  }
}

function scanItems(text: string, start: number, depth: number): number {
  if (text.charCodeAt(start) === LIST_END) return start + 1;
  for (let at = start; ; at++) {
    at = scanValue(text, at, depth);
    if (at < 0) return NOT_HERE;
    const next = text.charCodeAt(at);
    if (next === LIST_END) return at + 1;
    if (next !== COMMA) return NOT_HERE;
  }
}

/** Exactly this value, as JSON text. */
export function scanLiteral(json: string): Scan {
  return (text, at) => (text.startsWith(json, at) ? at + json.length : NOT_HERE);
}

/** One of these strings; the one that came last is tried first. */
export function scanOneOf(values: ReadonlySet<unknown>): Scan {
  const literals = new Map([...values].map((value) => [value, JSON.stringify(value)]));
  let [last] = literals.values();
  return (text, at) => {
    if (last !== undefined && text.startsWith(last, at)) return at + last.length;
    const end = scanString(text, at);
    const literal = end < 0 ? undefined : literals.get(text.slice(at + 1, end - 1));
    if (literal === undefined) return NOT_HERE;
    last = literal;
    return end;
  };
}

/** What may be null instead. */
export function scanOrNull(scan: Scan): Scan {
  return (text, at) =>
    text.charCodeAt(at) === LETTER_N && text.startsWith("null", at) ? at + 4 : scan(text, at);
}

/** A list of such items. */
export function scanList(item: Scan): Scan {
  return (text, start) => {
    if (text.charCodeAt(start) !== LIST_START) return NOT_HERE;
    if (text.charCodeAt(start + 1) === LIST_END) return start + 2;
    for (let at = start + 1; ; at++) {
      at = item(text, at);
      if (at < 0) return NOT_HERE;
      const next = text.charCodeAt(at);
      if (next === LIST_END) return at + 1;
      if (next !== COMMA) return NOT_HERE;
    }
  };
}

/** An object with exactly these keys in this order. */
export function scanObject(fields: readonly { readonly key: string; readonly scan: Scan }[]): Scan {
  const heads = headsOf(fields.map(({ key }) => key));
  const scans = fields.map(({ scan }) => scan);
  return (text, start) => {
    let at = start;
    for (let index = 0; index < heads.length; index++) {
      const head = heads[index]!;
      if (!text.startsWith(head, at)) return NOT_HERE;
      at = scans[index]!(text, at + head.length);
      if (at < 0) return NOT_HERE;
    }
    return text.charCodeAt(at) === OBJECT_END && heads.length > 0 ? at + 1 : NOT_HERE;
  };
}

/** What stands before the values of an object with these keys. */
export function headsOf(keys: readonly string[]): readonly string[] {
  return keys.map((key, index) => `${index === 0 ? "{" : ","}${JSON.stringify(key)}:`);
}
