/**
 * Exchanges over whatever is not plain HTTP, on undici's `dispatch`. Its older handler methods are used on purpose: the
 * newer ones copy every header into an object.
 */
import { Pool, type Dispatcher } from "undici";
import { TransportError } from "../engine/contract";
import { unwatch, watch, type Deadline } from "./deadlines";
import {
  bodyText,
  refuseAnswer,
  tooLarge,
  tooLate,
  type Exchange,
  type Exchanger,
  type ExchangerOptions,
} from "./exchange";

/** Opens one; nothing is connected before the first exchange. */
export function createUndiciExchanger({ url, answerBytesMax, ...options }: ExchangerOptions): Exchanger {
  const pool = openPool({ url, ...options });
  return {
    exchange: (sent) =>
      new Promise((resolve, reject) => {
        const { body, headers } = sent;
        pool.dispatch(
          {
            path: url.pathname + url.search,
            method: "POST",
            headers: headers as string[],
            body: Buffer.from(body, "latin1"),
            headersTimeout: 0,
            bodyTimeout: 0,
          },
          receive({ ...sent, answerBytesMax }, { resolve, reject }),
        );
      }),
    close: () => pool.destroy(),
  };
}

/** What a pool may use; `connectionsMax` null: as many connections as are asked for. */
export interface PoolOptions extends Omit<ExchangerOptions, "answerBytesMax" | "connectionsMax"> {
  readonly connectionsMax: number | null;
}

/** The pool of connections to an address. */
export function openPool({ url, connectMs, keepAliveMs, connectionsMax }: PoolOptions): Pool {
  return new Pool(url.origin, {
    connections: connectionsMax,
    connectTimeout: connectMs,
    keepAliveTimeout: keepAliveMs,
  });
}

interface Limited extends Exchange {
  readonly answerBytesMax: number;
}

interface Settle {
  readonly resolve: (body: string) => void;
  readonly reject: (error: TransportError) => void;
}

function receive(sent: Limited, settle: Settle): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let size = 0;
  let abort: (() => void) | undefined;
  let isOver = false;
  const end = (error: TransportError | undefined): void => {
    if (isOver) return;
    isOver = true;
    unwatch(deadline);
    if (!error) return settleWith(Buffer.concat(chunks, size), sent.wantsBytes, settle);
    abort?.();
    settle.reject(error);
  };
  const deadline: Deadline = {
    at: sent.deadlineAt,
    signal: sent.signal,
    expire: () => end(tooLate()),
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

function settleWith(body: Buffer, wantsBytes: boolean, { resolve, reject }: Settle): void {
  try {
    resolve(bodyText(body, wantsBytes));
  } catch (error) {
    reject(error as TransportError);
  }
}

function refuseHead(status: number, headers: Buffer[], answerBytesMax: number): TransportError | undefined {
  let contentType: string | undefined;
  let length = 0;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]!.toString("latin1").toLowerCase();
    if (name === "content-type") contentType = headers[index + 1]!.toString("latin1");
    else if (name === "content-length") length = Number(headers[index + 1]!.toString("latin1"));
  }
  return (
    refuseAnswer(status, contentType) ?? (length > answerBytesMax ? tooLarge(answerBytesMax) : undefined)
  );
}
