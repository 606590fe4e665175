/**
 * Reads HTTP responses (RFC 9112) from the bytes of one connection. Strict, because what is read wrongly here would be
 * another request's answer: exactly one way of saying where a body ends, once, and nothing that was not asked for.
 */
import { TransportError } from "../engine/contract";
import { bodyText, refuseAnswer, tooLarge } from "./exchange";
import { readHead, type ResponseHead } from "./response-head";

/** A whole response. */
export interface ReceivedResponse {
  readonly head: ResponseHead;
  /** Text, or byte text where that was wanted. */
  readonly body: string;
}

/** What a reader is made with. */
export interface ReaderOptions {
  readonly answerBytesMax: number;
  /** Whether a response is awaited; bytes that come otherwise are an error. */
  readonly isExpected: () => boolean;
  /** Whether the body of the response that is awaited is wanted as byte text. */
  readonly wantsBytes: () => boolean;
  readonly onResponse: (response: ReceivedResponse) => void;
}

/** Takes the bytes in the order of their arrival. They may be overwritten afterwards: what is kept is copied. */
export interface ResponseReader {
  /** Throws a TransportError for anything odd; the connection must not be used after that. */
  read(bytes: Buffer): void;
  /** The peer will send no more: that ends a body of unknown length. Half of one is no JSON, as any other half. */
  end(): void;
}

const HEAD_BYTES_MAX = 16 * 1024;
const INTERIMS_MAX = 8;
const TRAILERS_MAX = 16;
const LINE_BYTES_MAX = 1024;
const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");

/** Consumes what it can of `bytes` from `at` on and gives where it stopped; what lies behind must be given again, with more. */
type Step = (bytes: Buffer, at: number) => number;

/** Makes a reader for one connection. */
export function createResponseReader({
  answerBytesMax,
  isExpected,
  wantsBytes,
  onResponse,
}: ReaderOptions): ResponseReader {
  let rest: Buffer | undefined;
  let interims = 0;
  let trailers = 0;
  let head: ResponseHead;
  const parts = collectParts(answerBytesMax);
  let missing = 0;
  let step: Step = readHeadStep;

  function finish(body: Buffer): void {
    const response = { head, body: bodyText(body, wantsBytes()) };
    interims = 0;
    trailers = 0;
    step = readHeadStep;
    onResponse(response);
  }

  function readHeadStep(bytes: Buffer, at: number): number {
    if (!isExpected()) throw odd("Something came that was not asked for.");
    const end = bytes.indexOf(HEAD_END, at);
    const length = (end < 0 ? bytes.length : end) - at;
    if (length > HEAD_BYTES_MAX) throw odd("The head of the answer is too long.");
    if (end < 0) return at;
    const read = readHead(bytes.toString("latin1", at, end));
    if (read.status >= 100 && read.status < 200) {
      if (++interims > INTERIMS_MAX || read.status === 101)
        throw odd("Interim answers instead of an answer.");
      return end + 4;
    }
    // What is no answer is not read to its end, so its connection ends here too.
    const refusal = refuseAnswer(read.status, read.contentType);
    if (refusal) throw refusal;
    head = read;
    beginBody(read);
    return typeof read.length === "number" ? readLengthStep(bytes, end + 4) : end + 4;
  }

  function beginBody({ length }: ResponseHead): void {
    if (typeof length === "number") {
      parts.requireRoom(length);
      missing = length;
      step = readLengthStep;
    } else step = length === "chunks" ? readChunkSizeStep : readRestStep;
  }

  function readLengthStep(bytes: Buffer, at: number): number {
    const end = at + missing;
    if (end <= bytes.length) {
      finish(parts.take(bytes.subarray(at, end)));
      return end;
    }
    if (at < bytes.length) parts.keep(bytes.subarray(at));
    missing = end - bytes.length;
    return bytes.length;
  }

  function readRestStep(bytes: Buffer, at: number): number {
    parts.keep(bytes.subarray(at));
    return bytes.length;
  }

  function readChunkSizeStep(bytes: Buffer, at: number): number {
    const end = lineEnd(bytes, at);
    if (end < 0) return at;
    // Extensions of a chunk mean nothing to us (RFC 9112, 7.1.1).
    const [, digits] =
      /^([0-9a-f]{1,7})(?:[\t ]*;[\t\x20-\x7e]*)?$/i.exec(bytes.toString("latin1", at, end)) ?? [];
    if (digits === undefined) throw odd("A chunk of the answer has no size.");
    missing = parseInt(digits, 16);
    parts.requireRoom(missing);
    step = missing === 0 ? readTrailerStep : readChunkStep;
    return end + 2;
  }

  function readChunkStep(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + missing);
    if (end > at) parts.keep(bytes.subarray(at, end));
    missing -= end - at;
    if (missing === 0) step = readChunkEndStep;
    return end;
  }

  function readChunkEndStep(bytes: Buffer, at: number): number {
    if (bytes.length < at + 2) return at;
    if (lineEnd(bytes, at) !== at) throw odd("A chunk of the answer is longer than it says.");
    step = readChunkSizeStep;
    return at + 2;
  }

  /** Fields behind the last chunk are dropped (RFC 9112, 7.1.2). */
  function readTrailerStep(bytes: Buffer, at: number): number {
    const end = lineEnd(bytes, at);
    if (end < 0) return at;
    if (end === at) finish(parts.take());
    else if (++trailers > TRAILERS_MAX) throw odd("The answer has too many trailers.");
    return end + 2;
  }

  function read(given: Buffer): void {
    const bytes = rest === undefined ? given : Buffer.concat([rest, given]);
    rest = undefined;
    let at = 0;
    while (at < bytes.length && rest === undefined) {
      const before = step;
      const next = step(bytes, at);
      if (next === at && step === before) rest = Buffer.from(bytes.subarray(at));
      at = next;
    }
  }

  function end(): void {
    if (step === readRestStep) finish(parts.take());
  }

  return { read, end };
}

/** The parts of a body, copied, up to a size. */
function collectParts(bytesMax: number) {
  let parts: Buffer[] = [];
  let size = 0;
  function requireRoom(bytes: number): void {
    if (size + bytes > bytesMax) throw tooLarge(bytesMax);
  }
  return {
    requireRoom,
    keep(part: Buffer): void {
      requireRoom(part.length);
      parts.push(Buffer.from(part));
      size += part.length;
    },
    /** All of them with a last one, which is not copied; nothing is left. */
    take(last?: Buffer): Buffer {
      const whole =
        parts.length === 0 ? (last ?? Buffer.alloc(0)) : Buffer.concat([...parts, ...(last ? [last] : [])]);
      parts = [];
      size = 0;
      return whole;
    },
  };
}

function lineEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_END, at);
  if ((end < 0 ? bytes.length : end) - at > LINE_BYTES_MAX) throw odd("A line of the answer is too long.");
  return end;
}

function odd(message: string): TransportError {
  return new TransportError("malformed", message);
}
