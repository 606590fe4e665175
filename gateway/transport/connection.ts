/** One kept-alive connection to a subgraph, on a bare socket: a request, its answer, the next request. */
import { connect, type Socket } from "node:net";
import { TransportError } from "../engine/contract";
import { unwatch, watch, type Deadline } from "./deadlines";
import { createResponseReader, type ReceivedResponse } from "./response-reader";

/** What is sent, and whom the answer is for. */
export interface Sending {
  /** The whole request, head and body, one character a byte. */
  readonly data: string;
  readonly wantsBytes: boolean;
  readonly onResponse: (response: ReceivedResponse) => void;
  readonly onError: (error: TransportError) => void;
}

/** A connection; it is free when it was opened and after each whole answer. */
export interface Connection {
  send(sending: Sending): void;
  /** Whether it has been idle for longer than the peer, or we, keep connections open. */
  readonly isStale: (now: number) => boolean;
  /** Ends it; whoever waits for an answer is told this error. */
  destroy(error: TransportError): void;
}

/** Where it leads, and who hears of it. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly connectMs: number;
  readonly keepAliveMs: number;
  readonly answerBytesMax: number;
  /** Called when the next request may be sent. */
  readonly onFree: (connection: Connection) => void;
  /** Called once, when it is over. */
  readonly onClose: (connection: Connection) => void;
}

const READ_BYTES = 64 * 1024;
/** A server closes an idle connection a little after it says; ours must be gone by then. */
const KEEP_ALIVE_MARGIN_MS = 1_000;

/** Opens a connection. What is sent before it stands waits for it. */
export function openConnection(options: ConnectionOptions): Connection {
  let current: Sending | undefined;
  let received: ReceivedResponse | undefined;
  let isOver = false;
  let freeSince = performance.now();
  let keepAliveMs = options.keepAliveMs;
  const reader = createResponseReader({
    answerBytesMax: options.answerBytesMax,
    isExpected: () => current !== undefined && received === undefined,
    wantsBytes: () => current?.wantsBytes === true,
    onResponse: (response) => void (received = response),
  });
  const socket = openSocket(options, { read, finish, end });
  const connection: Connection = {
    send(sending) {
      current = sending;
      socket.write(sending.data, "latin1");
    },
    isStale: (now) => now - freeSince > keepAliveMs,
    destroy: end,
  };
  return connection;

  function read(bytes: Buffer): void {
    take(() => reader.read(bytes));
  }

  /** The peer has said all. */
  function finish(): void {
    take(() => reader.end());
    end(closed());
  }

  function take(next: () => void): void {
    if (isOver) return;
    try {
      next();
    } catch (error) {
      return end(error instanceof TransportError ? error : new TransportError("malformed", String(error)));
    }
    // Only now: had anything come behind the answer, neither it nor the connection could be trusted.
    if (received) deliver(received);
  }

  function deliver(response: ReceivedResponse): void {
    const { onResponse } = current!;
    const { isLast, keepAliveMs: said } = response.head;
    current = undefined;
    received = undefined;
    freeSince = performance.now();
    if (said !== undefined) keepAliveMs = Math.min(options.keepAliveMs, said - KEEP_ALIVE_MARGIN_MS);
    // Whoever answers before it has read the whole question may take the rest of it for the next one.
    if (isLast || socket.writableLength > 0) end(closed());
    else options.onFree(connection);
    onResponse(response);
  }

  function end(error: TransportError): void {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    options.onClose(connection);
    const waiting = current;
    current = undefined;
    waiting?.onError(error);
  }
}

interface SocketEvents {
  readonly read: (bytes: Buffer) => void;
  readonly finish: () => void;
  readonly end: (error: TransportError) => void;
}

function openSocket(
  { host, port, connectMs }: ConnectionOptions,
  { read, finish, end }: SocketEvents,
): Socket {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const onread = {
    buffer,
    callback: (length: number) => (read(buffer.subarray(0, length)), true),
  };
  const socket = connect({ host, port, noDelay: true, onread });
  const connecting: Deadline = {
    at: performance.now() + connectMs,
    signal: undefined,
    expire: () => end(new TransportError("unreachable", "No connection in time.")),
  };
  watch(connecting);
  socket.on("connect", () => unwatch(connecting));
  socket.on("error", (error) => end(new TransportError("unreachable", error.message)));
  socket.on("end", finish);
  socket.on("close", () => (unwatch(connecting), end(closed())));
  return socket;
}

function closed(): TransportError {
  return new TransportError("unreachable", "The connection was closed.");
}
