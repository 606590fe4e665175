/** Stopping the server without failing a request. */
import { Server } from "node:net";
import type { FastifyInstance } from "fastify";

/** How long connections that are open are still served, each told to close with its next answer. */
const GOODBYE_MS = 250;
const SWEEP_MS = 50;

/**
 * Ends the server once every request in flight has been answered, after `drainMsMax` at the latest. `stopping` must have
 * been aborted before: answers then close their connections, so that those swept away as idle are not about to be used.
 */
export async function drain(app: FastifyInstance, drainMsMax: number): Promise<void> {
  // What http.Server adds to this is to cut idle connections at once, and with them requests that are on their way.
  Server.prototype.close.call(app.server);
  await new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMsMax);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
