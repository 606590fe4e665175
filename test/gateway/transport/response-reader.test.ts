/** What comes from a subgraph's socket, byte by byte: read alike however it is cut, and refused when it is odd. */
import fc from "fast-check";
import { TransportError } from "../../../gateway/engine/contract";
import { createResponseReader } from "../../../gateway/transport/response-reader";

const ANSWER_BYTES_MAX = 2_000;
const BODY = '{"data":{"name":"北仑化工 ✓"}}';
const BODY_BYTES = Buffer.byteLength(BODY);

/** What became of the bytes: the bodies that were read, and why the connection was given up, if it was. */
function readParts(
  parts: readonly Buffer[],
  expected = 1,
  connection: "open" | "ended" = "open",
): { bodies: string[]; refused: string | undefined } {
  const bodies: string[] = [];
  const reader = createResponseReader({
    answerBytesMax: ANSWER_BYTES_MAX,
    isExpected: () => bodies.length < expected,
    wantsBytes: () => false,
    onResponse: ({ body }) => bodies.push(body),
  });
  try {
    for (const part of parts) {
      // The bytes of a read are overwritten by the next one.
      const overwritten = Buffer.from(part);
      reader.read(overwritten);
      overwritten.fill(0x21);
    }
    if (connection === "ended") reader.end();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { bodies, refused: error.reason };
  }
  return { bodies, refused: undefined };
}

const whole = (text: string, expected?: number) => readParts([Buffer.from(text)], expected);
const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const sorted = [0, ...[...places].sort((one, other) => one - other), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
};

const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const withLength = `${JSON_HEAD}Content-Length: ${BODY_BYTES}\r\nkeep-alive: timeout=5\r\n\r\n${BODY}`;
const half = Buffer.from(BODY).subarray(0, 20);
const inChunks = Buffer.concat([
  Buffer.from(`${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n14;name="a\tb"\r\n`),
  half,
  Buffer.from(`\r\n${(BODY_BYTES - 20).toString(16)}\r\n`),
  Buffer.from(BODY).subarray(20),
  Buffer.from("\r\n0\r\nexpires: never\r\n\r\n"),
]);
const afterInterims = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${withLength}`;

describe.each<[string, Buffer]>([
  ["with a length", Buffer.from(withLength)],
  ["in chunks", inChunks],
  ["after interim answers", Buffer.from(afterInterims)],
])("an answer %s", (_name, bytes) => {
  test("is the same wherever it is cut in two", () => {
    for (let at = 0; at <= bytes.length; at++)
      expect(readParts(cutAt(bytes, [at]))).toEqual({ bodies: [BODY], refused: undefined });
  });

  test("is the same byte by byte", () => {
    const places = Array.from({ length: bytes.length }, (_, index) => index);
    expect(readParts(cutAt(bytes, places))).toEqual({ bodies: [BODY], refused: undefined });
  });

  test("that is not whole is none", () => {
    for (let end = 0; end < bytes.length; end++)
      expect(readParts([bytes.subarray(0, end)])).toEqual({ bodies: [], refused: undefined });
  });

  test("with something behind it ends the connection", () => {
    expect(readParts([Buffer.concat([bytes, Buffer.from("x")])]).refused).toBe("malformed");
    expect(readParts([bytes, Buffer.from("HTTP/1.1 200 OK\r\n")]).refused).toBe("malformed");
  });
});

describe.each<[string, string]>([
  ["1.1", JSON_HEAD],
  ["1.0", JSON_HEAD.replace("1.1", "1.0")],
])("an answer of HTTP/%s that does not say how long it is", (_version, head) => {
  const bytes = Buffer.from(`${head}\r\n${BODY}`);

  test("ends with its connection, and is the same wherever it is cut in two", () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(readParts(cutAt(bytes, [at]))).toEqual({ bodies: [], refused: undefined });
      expect(readParts(cutAt(bytes, [at]), 1, "ended")).toEqual({ bodies: [BODY], refused: undefined });
    }
  });

  test("is no answer before its head has come", () => {
    for (let end = 0; end < bytes.length - BODY_BYTES; end++)
      expect(readParts([bytes.subarray(0, end)], 1, "ended").bodies).toEqual([]);
  });

  test("is refused when it grows too large", () => {
    const much = Array.from({ length: 30 }, () => Buffer.alloc(100, "x"));
    expect(readParts([bytes, ...much]).refused).toBe("too_large");
  });
});

test("two answers that are both awaited are two", () => {
  expect(whole(withLength + withLength, 2)).toEqual({ bodies: [BODY, BODY], refused: undefined });
});

test.each([
  ["an empty body", `${JSON_HEAD}content-length: 0\r\n\r\n`],
  ["no chunk but the last", `${JSON_HEAD}transfer-encoding: CHUNKED\r\n\r\n0\r\n\r\n`],
])("%s is read as empty", (_name, text) => {
  expect(whole(text)).toEqual({ bodies: [""], refused: undefined });
});

const chunked = (rest: string) => `${JSON_HEAD}transfer-encoding: chunked\r\n\r\n${rest}`;

test.each([
  ["a length and chunks", `${JSON_HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["two lengths", `${JSON_HEAD}content-length: 2\r\ncontent-length: 5\r\n\r\n{}`],
  ["one length twice", `${JSON_HEAD}content-length: 2\r\nContent-Length: 2\r\n\r\n{}`],
  ["a list of lengths", `${JSON_HEAD}content-length: 2, 2\r\n\r\n{}`],
  ["a signed length", `${JSON_HEAD}content-length: +2\r\n\r\n{}`],
  ["a negative length", `${JSON_HEAD}content-length: -2\r\n\r\n{}`],
  ["a hexadecimal length", `${JSON_HEAD}content-length: 0x2\r\n\r\n{}`],
  ["an empty length", `${JSON_HEAD}content-length: \r\n\r\n{}`],
  ["two encodings", `${JSON_HEAD}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  [
    "the encoding twice",
    `${JSON_HEAD}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["another encoding", `${JSON_HEAD}transfer-encoding: identity\r\ncontent-length: 2\r\n\r\n{}`],
  ["compression", `${JSON_HEAD}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`],
  ["two types", `${JSON_HEAD}content-type: text/html\r\ncontent-length: 2\r\n\r\n{}`],
  ["a space before the colon", `${JSON_HEAD}content-length : 2\r\n\r\n{}`],
  ["a folded line", `${JSON_HEAD}x: a\r\n content-length: 9\r\ncontent-length: 2\r\n\r\n{}`],
  ["a line without a colon", `${JSON_HEAD}content-length: 2\r\nnonsense\r\n\r\n{}`],
  ["a bare line feed in a header", `${JSON_HEAD}x: a\ncontent-length: 2\r\n\r\n{}`],
  ["a bare carriage return in a header", `${JSON_HEAD}x: a\rcontent-length: 2\r\n\r\n{}`],
  ["a NUL in a header", `${JSON_HEAD}x: a\0b\r\ncontent-length: 2\r\n\r\n{}`],
  ["a version that cannot send chunks", chunked("2\r\n{}\r\n0\r\n\r\n").replace("1.1", "1.0")],
  ["an unknown version", "HTTP/1.2 200 OK\r\ncontent-length: 2\r\n\r\n{}"],
  ["another protocol", "ICY 200 OK\r\ncontent-length: 2\r\n\r\n{}"],
  ["a status of four digits", "HTTP/1.1 2000 OK\r\ncontent-length: 2\r\n\r\n{}"],
  ["a status that is none", "HTTP/1.1 099 OK\r\ncontent-length: 2\r\n\r\n{}"],
  ["another protocol offered", "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n"],
  ["interim answers without end", "HTTP/1.1 100 Continue\r\n\r\n".repeat(9)],
  ["a head without end", `${JSON_HEAD}x: ${"a".repeat(17_000)}`],
  ["a chunk without a size", chunked("\r\n{}\r\n0\r\n\r\n")],
  ["a negative chunk", chunked("-2\r\n{}\r\n0\r\n\r\n")],
  ["a chunk size with a prefix", chunked("0x2\r\n{}\r\n0\r\n\r\n")],
  ["a chunk size behind a space", chunked(" 2\r\n{}\r\n0\r\n\r\n")],
  ["a chunk size beyond all bounds", chunked("fffffffffffffff2\r\n{}\r\n0\r\n\r\n")],
  ["a chunk longer than it says", chunked("2\r\n{}}\r\n0\r\n\r\n")],
  ["a chunk that ends with a bare line feed", chunked("2\r\n{}\n0\r\n\r\n")],
  ["a chunk line without end", chunked(`2;${"x".repeat(1_100)}`)],
  ["trailers without end", chunked(`2\r\n{}\r\n0\r\n${"x: y\r\n".repeat(17)}\r\n`)],
  [
    "a body that is not UTF-8",
    Buffer.concat([Buffer.from(`${JSON_HEAD}content-length: 2\r\n\r\n`), Buffer.from([0xc3, 0x28])]),
  ],
])("%s is refused, however it is cut", (_name, given) => {
  const bytes = Buffer.from(given);
  expect(readParts([bytes])).toEqual({ bodies: [], refused: "malformed" });
  const places = Array.from({ length: bytes.length }, (_, index) => index);
  expect(readParts(cutAt(bytes, places))).toEqual({ bodies: [], refused: "malformed" });
});

test.each([
  ["says that it is too large", `${JSON_HEAD}content-length: ${ANSWER_BYTES_MAX + 1}\r\n\r\n`],
  ["says so with a number beyond all bounds", `${JSON_HEAD}content-length: 999999999999999\r\n\r\n`],
  ["grows too large by one chunk", chunked(`${(ANSWER_BYTES_MAX + 1).toString(16)}\r\n`)],
  ["grows too large by many chunks", chunked(`a\r\n${"x".repeat(10)}\r\n`.repeat(201))],
])("an answer that %s is refused before it is kept", (_name, text) => {
  expect(whole(text)).toEqual({ bodies: [], refused: "too_large" });
});

test.each([
  ["HTML", "200 OK\r\ncontent-type: text/html\r\ncontent-length: 9", "malformed"],
  ["nothing said of its type", "200 OK\r\ncontent-length: 9", "malformed"],
  ["a failure", "503 No\r\ncontent-type: application/json\r\ncontent-length: 9", "status"],
  ["no content", "204 No Content", "status"],
  ["nothing new, with the length of what is not sent", "304 \r\ncontent-length: 100", "status"],
])("%s is refused without waiting for its end", (_name, head, refused) => {
  expect(whole(`HTTP/1.1 ${head}\r\n\r\n`)).toEqual({ bodies: [], refused });
});

test("what comes unasked is refused", () => {
  expect(whole(withLength, 0)).toEqual({ bodies: [], refused: "malformed" });
});

test("a damaged answer comes to the same however it is cut, and never to more than was asked for", () => {
  const damage = fc.record({
    of: fc.constantFrom(Buffer.from(withLength), inChunks, Buffer.from(afterInterims)),
    at: fc.nat(),
    by: fc.constantFrom(
      "\r\n",
      "\n",
      "\r",
      ":",
      " ",
      "0",
      "f",
      ";",
      "\0",
      "\r\n\r\n",
      "content-length: 1\r\n",
      "",
    ),
    removed: fc.nat(4),
    cuts: fc.array(fc.nat(), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(damage, ({ of, at, by, removed, cuts }) => {
      const place = at % of.length;
      const bytes = Buffer.concat([of.subarray(0, place), Buffer.from(by), of.subarray(place + removed)]);
      const read = readParts([bytes]);
      expect(read.bodies.length).toBeLessThanOrEqual(1);
      expect(
        readParts(
          cutAt(
            bytes,
            cuts.map((cut) => cut % bytes.length),
          ),
        ),
      ).toEqual(read);
    }),
    { seed: 20261126, numRuns: 3_000 },
  );
});
