/** A way to a port on which everything that is sent arrives later; what is answered comes back at once. */
import { type AddressInfo, connect, createServer } from "node:net";
import { endTogether } from "../../sockets";

/** A slow way that is open. */
export interface SlowWay {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Opens a slow way on a free port. */
export async function openSlowWay(port: number, delayMs: number): Promise<SlowWay> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.on("data", (bytes) => setTimeout(() => far.write(bytes), delayMs));
    far.on("data", (bytes) => near.write(bytes));
    endTogether(near, far);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
