/** A collector of traces that takes everything and keeps nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A collector that listens. */
export interface Collector {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts one on a free port. */
export async function startCollector(): Promise<Collector> {
  const server = createServer((request, response) => {
    request
      .resume()
      .on("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
