/** A way to a database that can be cut or made to hang. */
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

export interface FaultProxy {
  /** The address of the database by way of the proxy. */
  readonly url: string;
  /** New and old connections: carried, cut at once, or left without an answer. */
  readonly set: (mode: "carry" | "cut" | "hang") => void;
  readonly close: () => Promise<void>;
}

export async function createFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const target = new URL(databaseUrl);
  let mode: "carry" | "cut" | "hang" = "carry";
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (mode === "cut") return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("data", (bytes) => void (mode === "carry" && other.write(bytes)));
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        other.destroy();
        sockets.delete(socket);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const cutAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    set: (next) => {
      mode = next;
      if (mode === "cut") cutAll();
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
