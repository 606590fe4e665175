/** One request to a subgraph and its answer, whatever carries it. */
import { isUtf8 } from "node:buffer";
import { TransportError } from "../engine/contract";

/** What is sent, and how long the answer may take. */
export interface Exchange {
  /** Byte text (`engine/byte-text.ts`). */
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** In milliseconds of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** Whether the answer is wanted as byte text; else it is decoded. */
  readonly wantsBytes: boolean;
}

/** Exchanges with one address. */
export interface Exchanger {
  /** Gives the text, or byte text, of a JSON answer with status 200. Rejects with a TransportError for anything else. */
  exchange(sent: Exchange): Promise<string>;
  close(): Promise<void>;
}

/** Where an exchanger leads, and what it may use. */
export interface ExchangerOptions {
  readonly url: URL;
  readonly connectMs: number;
  /** How long an idle connection is kept, unless the peer says that it keeps it for less. */
  readonly keepAliveMs: number;
  readonly connectionsMax: number;
  readonly answerBytesMax: number;
}

/** Why a response with this status and content type is no answer; undefined when it may be one. */
export function refuseAnswer(status: number, contentType: string | undefined): TransportError | undefined {
  if (status !== 200) return new TransportError("status", `Status ${status}.`);
  const isJson = /^application\/(graphql-response\+)?json\b/i.test(contentType ?? "");
  return isJson ? undefined : new TransportError("malformed", "The answer is not JSON.");
}

/** The body of an answer as it is wanted; throws a TransportError when it is not UTF-8. */
export function bodyText(body: Buffer, wantsBytes: boolean): string {
  if (!isUtf8(body)) throw new TransportError("malformed", "The answer is not UTF-8.");
  return body.toString(wantsBytes ? "latin1" : "utf8");
}

/** The error of an answer that is larger than it may be. */
export function tooLarge(answerBytesMax: number): TransportError {
  return new TransportError("too_large", `The answer is larger than ${answerBytesMax} bytes.`);
}

/** The error of a request that was not answered in time, or whose caller has gone. */
export function tooLate(): TransportError {
  return new TransportError("timeout", "No answer in time.");
}
