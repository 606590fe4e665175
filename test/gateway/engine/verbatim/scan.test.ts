/** The law of reading without parsing: whatever is read could be parsed, and means the same. */
import fc from "fast-check";
import { compileEntityReader } from "../../../../gateway/engine/verbatim/read-entities";
import {
  isPlain,
  scanAny,
  scanBoolean,
  scanInt,
  scanList,
  scanNumber,
  scanObject,
  scanOneOf,
  scanOrNull,
  scanString,
} from "../../../../gateway/engine/verbatim/scan";
import { isVerbatim } from "../../../../gateway/engine/verbatim/verbatim";

const runs = { numRuns: 20_000, seed: 20261126 };

/** One to three places of a text at which something is put in, taken out, or replaced. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(2),
    put: fc.constantFrom(...'{}[],:"0-1.e\n\\\u0001', "null", "true", '"a"', "E5", "00", ""),
  }),
  { maxLength: 3 },
);

type Wounds = readonly { readonly at: number; readonly length: number; readonly put: string }[];

function damaged(text: string, wounds: Wounds): string {
  let result = text;
  for (const { at, length, put } of wounds) {
    const place = Math.floor(at * result.length);
    result = result.slice(0, place) + put + result.slice(place + length);
  }
  return result;
}

test("any plain value that is recognised to its end is JSON, and not null", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), damage, (json, wounds) => {
      const text = damaged(json, wounds);
      if (!isPlain(text) || scanAny(text, 0) !== text.length) return;
      expect(JSON.parse(text)).not.toBeNull();
    }),
    runs,
  );
});

test("plain JSON without spaces is recognised", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(isPlain(text) && value !== null);
      expect(scanAny(text, 0)).toBe(text.length);
    }),
    { ...runs, numRuns: 2_000 },
  );
});

const FACT = scanObject([
  { key: "id", scan: scanString },
  { key: "days", scan: scanOrNull(scanInt) },
  { key: "share", scan: scanNumber },
  { key: "isCounted", scan: scanBoolean },
  { key: "status", scan: scanOneOf(new Set(["ACTIVE", "WITHDRAWN"])) },
  { key: "values", scan: scanAny },
]);
const fields = [
  { key: "code", scan: scanString, isLeaf: true },
  { key: "facts", scan: scanOrNull(scanList(FACT)), isLeaf: false },
  { key: "size", scan: scanOrNull(scanInt), isLeaf: true },
];

const fact = fc.record({
  id: fc.string({ maxLength: 3 }),
  days: fc.option(fc.integer()),
  share: fc.double({ noNaN: true, noDefaultInfinity: true }),
  isCounted: fc.boolean(),
  status: fc.constantFrom("ACTIVE", "WITHDRAWN"),
  values: fc.constantFrom<unknown>({ a: [1, null, {}], b: "" }, [], -1.5, "x", false),
});
const entity = fc.option(
  fc.record({
    code: fc.string({ maxLength: 3 }),
    facts: fc.option(fc.array(fact, { maxLength: 2 })),
    size: fc.option(fc.nat()),
  }),
);

/** An entity with its verbatim parts parsed. */
function opened(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      isVerbatim(part) ? (JSON.parse(part.bytes) as unknown) : part,
    ]),
  );
}

test("entities that are read are those that would be parsed", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(entity, { minLength: 1, maxLength: 3 }), damage, (entities, wounds) => {
      const text = damaged(JSON.stringify({ data: { _entities: entities } }), wounds);
      const answer = compileEntityReader(fields)(text);
      if (!answer) return;
      read++;
      const given = answer.data!["_entities"] as readonly unknown[];
      expect({ data: { _entities: given.map(opened) } }).toEqual(JSON.parse(text));
    }),
    runs,
  );
  expect(read).toBeGreaterThan(1_000);
});

const WHOLE = JSON.stringify({
  data: {
    _entities: [
      {
        code: "A",
        facts: [
          {
            id: "1",
            days: -3,
            share: 1.5,
            isCounted: true,
            status: "ACTIVE",
            values: { a: [1, {}], b: null },
          },
          { id: "", days: null, share: 0, isCounted: false, status: "WITHDRAWN", values: [] },
        ],
        size: 12,
      },
      null,
      { code: "B", facts: null, size: null },
    ],
  },
});

test("one wrong character anywhere makes it another value, or none that is read", () => {
  expect(compileEntityReader(fields)(WHOLE)).toBeDefined();
  for (let at = 0; at <= WHOLE.length; at++)
    for (const put of ["", ...'{}[],:"0-.e\n\\ nx'])
      for (const length of [0, 1]) {
        const text = WHOLE.slice(0, at) + put + WHOLE.slice(at + length);
        const answer = compileEntityReader(fields)(text);
        if (!answer) continue;
        const given = answer.data!["_entities"] as readonly unknown[];
        expect({ data: { _entities: given.map(opened) } }).toEqual(JSON.parse(text));
      }
});

test("a number that is too large for one is not read", () => {
  expect(scanNumber("1e999", 0)).toBe(-1);
});

test.each(["01", "-0", "1.0", "1e3", "9999999999", "-", ""])("%j is no integer that is read", (text) => {
  expect(scanInt(text, 0)).toBe(-1);
});
