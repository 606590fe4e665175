/** Closed-loop load: each connection sends its next request when it has the whole answer to the last, and checks it. */
import { connect, type Socket } from "node:net";
import { createMessageReader } from "./http-messages";
import { judgeAnswer, type Verdict } from "./judge-answer";

export interface LoadOrder {
  readonly port: number;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly completed: number;
  readonly elapsedMs: number;
  /** Answers that said something else than expected. */
  readonly wrong: number;
  /** Answers that said by their errors that they were not whole, and broken connections; among those completed, the answers. */
  readonly refused: number;
  /** The first answer that was not right, for whoever wonders why. */
  readonly firstOddity: string | null;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const ODDITY_CHARACTERS = 600;

/** A GraphQL POST as it goes over the wire. */
export function toRequest(body: string): Buffer {
  const bytes = Buffer.byteLength(body);
  const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
  return Buffer.from(`${head}content-length: ${bytes}\r\n\r\n${body}`);
}

/** What each request must be answered with, by its place in `bodies`. */
export type Expected = readonly unknown[];

function createChecker(expected: Expected): (index: number, body: Buffer) => Verdict {
  const bytesSeen: (Buffer | undefined)[] = [];
  return (index, body) => {
    if (bytesSeen[index]?.equals(body)) return "right";
    const verdict = judgeAnswer(parseOrUndefined(body), expected[index]);
    if (verdict === "right") bytesSeen[index] = Buffer.from(body);
    return verdict;
  };
}

function parseOrUndefined(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Runs the load for its duration and gives what came of it. */
export async function runLoad(order: LoadOrder, expected: Expected): Promise<LoadResult> {
  const requests = order.bodies.map(toRequest);
  const check = createChecker(expected);
  const latencies: number[] = [];
  const started = performance.now();
  const endAt = started + order.durationMs;
  let next = 0;
  const odd = { wrong: 0, refused: 0 };
  let firstOddity: string | null = null;
  const note = (verdict: keyof typeof odd, what: string) => {
    odd[verdict]++;
    firstOddity ??= what.slice(0, ODDITY_CHARACTERS);
  };

  const runConnection = (): Promise<void> =>
    new Promise((resolve) => {
      let sentAt = 0;
      let index = 0;
      const socket: Socket = connect(order.port, "127.0.0.1");
      const send = () => {
        index = next++ % requests.length;
        sentAt = performance.now();
        socket.write(requests[index]!);
      };
      const read = createMessageReader((body) => {
        const now = performance.now();
        latencies.push(now - sentAt);
        const verdict = check(index, body);
        if (verdict !== "right") note(verdict, body.toString("utf8"));
        if (now < endAt) send();
        else socket.end();
      });
      socket
        .setNoDelay()
        .on("connect", send)
        .on("data", read)
        .on("close", () => resolve());
      socket.on("error", ({ message }) => note("refused", message));
    });

  await Promise.all(Array.from({ length: order.connections }, runConnection));
  const elapsedMs = performance.now() - started;
  latencies.sort((one, other) => one - other);
  return {
    completed: latencies.length,
    elapsedMs,
    ...odd,
    firstOddity,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

/** One request, alone on its own connection: the parsed answer and how long it took, connecting included. */
export function askOnce(
  port: number,
  body: string,
): Promise<{ readonly answer: unknown; readonly tookMs: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect(port, "127.0.0.1", () => socket.write(toRequest(body)));
    const finish = (bytes: Buffer) => {
      socket.end();
      resolve({ answer: parseOrUndefined(bytes), tookMs: performance.now() - started });
    };
    socket.on("data", createMessageReader(finish)).on("error", reject);
  });
}
