/** One HTTP request and its answer: what is sent, what counts as an answer, and when it is given up. */
import { TransportError } from "../engine/contract";
import { createConnections } from "./connections";
import { unwatch, watch, type Deadline } from "./deadlines";
import type { ReceivedResponse } from "./response-reader";

/** What is sent, and how long the answer may take. */
export interface Exchange {
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** In milliseconds of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
}

/** Exchanges with one address. */
export interface Exchanger {
  /** Gives the text of a JSON answer with status 200. Rejects with a TransportError for anything else. */
  exchange(sent: Exchange): Promise<string>;
  close(): Promise<void>;
}

/** Where an exchanger leads, and what it may use. */
export interface ExchangerOptions {
  readonly url: URL;
  readonly connectMs: number;
  readonly keepAliveMs: number;
  readonly connectionsMax: number;
  readonly answerBytesMax: number;
}

/** Opens one over plain HTTP. */
export function createExchanger({ url, ...options }: ExchangerOptions): Exchanger {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const connections = createConnections({ ...options, host, port: Number(url.port || 80) });
  const start = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n`;
  return {
    exchange(sent) {
      return new Promise((resolve, reject) => {
        const { text, isAscii } = toText(start, sent);
        const deadline: Deadline = {
          at: sent.deadlineAt,
          signal: sent.signal,
          expire: () => {
            const late = new TransportError("timeout", "No answer in time.");
            reject(late);
            withdraw(late);
          },
        };
        watch(deadline);
        const withdraw = connections.send({
          text,
          isAscii,
          onError: (error) => {
            unwatch(deadline);
            reject(error);
          },
          onResponse: (response) => {
            unwatch(deadline);
            const refusal = refuse(response);
            if (refusal) reject(refusal);
            else resolve(response.body);
          },
        });
      });
    },
    close: async () => connections.close(),
  };
}

function toText(start: string, { headers, body }: Exchange): { text: string; isAscii: boolean } {
  const bytes = Buffer.byteLength(body);
  let text = start;
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]!}: ${headers[index + 1]!}\r\n`;
  return { text: `${text}content-length: ${bytes}\r\n\r\n${body}`, isAscii: bytes === body.length };
}

function refuse({ head }: ReceivedResponse): TransportError | undefined {
  if (head.status !== 200) return new TransportError("status", `Status ${head.status}.`);
  const isJson = /^application\/(graphql-response\+)?json\b/i.test(head.contentType ?? "");
  return isJson ? undefined : new TransportError("malformed", "The answer is not JSON.");
}
