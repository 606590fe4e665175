/**
 * One HTTP request and its answer, on undici's `dispatch`. Its older handler methods are used on purpose: the newer ones
 * copy every header into an object, which for a fan-out costs a tenth of the gateway's time.
 */
import type { Dispatcher } from "undici";
import { TransportError } from "../engine/contract";
import { unwatch, watch, type Deadline } from "./deadlines";

/** What is sent, and how long and how large the answer may be. */
export interface Exchange {
  readonly path: string;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: string[];
  /** In milliseconds of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  readonly answerBytesMax: number;
}

/** Gives the text of a JSON answer with status 200. Rejects with a TransportError for anything else. */
export function exchange(dispatcher: Dispatcher, sent: Exchange): Promise<string> {
  const { path, headers, body } = sent;
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      { path, method: "POST", headers, body, headersTimeout: 0, bodyTimeout: 0 },
      receive(sent, { resolve, reject }),
    );
  });
}

interface Settle {
  readonly resolve: (text: string) => void;
  readonly reject: (error: TransportError) => void;
}

function receive(sent: Exchange, settle: Settle): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let size = 0;
  let abort: (() => void) | undefined;
  let isOver = false;
  const end = (error: TransportError | undefined): void => {
    if (isOver) return;
    isOver = true;
    unwatch(deadline);
    if (!error) return settle.resolve(textOf(chunks, size));
    abort?.();
    settle.reject(error);
  };
  const deadline: Deadline = {
    at: sent.deadlineAt,
    signal: sent.signal,
    expire: () => end(new TransportError("timeout", "No answer in time.")),
  };
  watch(deadline);
  return {
    onConnect: (abortRequest) => {
      abort = abortRequest;
      // The request had waited for a connection until its time was over.
      if (isOver) abort();
    },
    onHeaders: (status, headers) => {
      const refusal = refuseHead(status, headers, sent.answerBytesMax);
      if (refusal) end(refusal);
      return true;
    },
    onData: (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > sent.answerBytesMax) end(tooLarge(sent.answerBytesMax));
      return true;
    },
    onComplete: () => end(undefined),
    onError: (error) => end(new TransportError("unreachable", error.message)),
  };
}

function textOf(chunks: readonly Buffer[], size: number): string {
  const [first] = chunks;
  return chunks.length === 1 && first ? first.toString() : Buffer.concat(chunks, size).toString();
}

function tooLarge(answerBytesMax: number): TransportError {
  return new TransportError("too_large", `The answer is larger than ${answerBytesMax} bytes.`);
}

function refuseHead(status: number, headers: Buffer[], answerBytesMax: number): TransportError | undefined {
  if (status !== 200) return new TransportError("status", `Status ${status}.`);
  let isJson = false;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]!;
    if (name.length === 12 && name.toString("latin1").toLowerCase() === "content-type")
      isJson = /^application\/(graphql-response\+)?json\b/i.test(headers[index + 1]!.toString("latin1"));
    else if (name.length === 14 && name.toString("latin1").toLowerCase() === "content-length")
      if (Number(headers[index + 1]!.toString("latin1")) > answerBytesMax) return tooLarge(answerBytesMax);
  }
  return isJson ? undefined : new TransportError("malformed", "The answer is not JSON.");
}
