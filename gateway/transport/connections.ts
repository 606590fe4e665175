/** The connections to one subgraph: the one used last is used next, so that those too many grow stale and go. */
import { TransportError } from "../engine/contract";
import { openConnection, type Connection, type ConnectionOptions, type Sending } from "./connection";

/** Sends requests over as many connections as it takes, up to a bound; beyond it they wait their turn. */
export interface Connections {
  /** Gives a function that withdraws the request: its connection, if it has one, is not used again. */
  send(sending: Sending): () => void;
  close(): void;
}

/** What connections are opened with. */
export interface ConnectionsOptions extends Omit<ConnectionOptions, "onFree" | "onClose"> {
  readonly connectionsMax: number;
}

const SWEEP_MS = 1_000;

interface Order {
  readonly sending: Sending;
  connection: Connection | undefined;
  isWithdrawn: boolean;
}

/** Nothing is connected before the first request. */
export function createConnections(options: ConnectionsOptions): Connections {
  const open = new Set<Connection>();
  const free: Connection[] = [];
  const waiting: Order[] = [];
  let isClosed = false;
  let sweeping: NodeJS.Timeout | undefined;

  function onFree(connection: Connection): void {
    const order = nextWaiting();
    if (order) start(order, connection);
    else free.push(connection);
  }

  function onClose(connection: Connection): void {
    open.delete(connection);
    const at = free.indexOf(connection);
    if (at >= 0) free.splice(at, 1);
    const order = isClosed || open.size >= options.connectionsMax ? undefined : nextWaiting();
    if (order) start(order, openAnother());
  }

  function nextWaiting(): Order | undefined {
    for (let order = waiting.shift(); order; order = waiting.shift()) if (!order.isWithdrawn) return order;
    return undefined;
  }

  function start(order: Order, connection: Connection): void {
    order.connection = connection;
    connection.send(order.sending);
  }

  function openAnother(): Connection {
    const connection = openConnection({ ...options, onFree, onClose });
    open.add(connection);
    sweeping ??= setInterval(sweep, SWEEP_MS).unref();
    return connection;
  }

  function takeFree(): Connection | undefined {
    const now = performance.now();
    for (let connection = free.pop(); connection; connection = free.pop()) {
      if (!connection.isStale(now)) return connection;
      connection.destroy(left());
    }
    return undefined;
  }

  function sweep(): void {
    const now = performance.now();
    for (const connection of [...free]) if (connection.isStale(now)) connection.destroy(left());
    if (open.size > 0) return;
    clearInterval(sweeping);
    sweeping = undefined;
  }

  return {
    send(sending) {
      const order: Order = { sending, connection: undefined, isWithdrawn: false };
      const connection = takeFree() ?? (open.size < options.connectionsMax ? openAnother() : undefined);
      if (connection) start(order, connection);
      else waiting.push(order);
      return () => {
        order.isWithdrawn = true;
        order.connection?.destroy(left());
      };
    },
    close() {
      isClosed = true;
      clearInterval(sweeping);
      for (const connection of [...open]) connection.destroy(left());
      for (const { sending, isWithdrawn } of waiting.splice(0)) if (!isWithdrawn) sending.onError(left());
    },
  };
}

function left(): TransportError {
  return new TransportError("unreachable", "The connection is not used any more.");
}
