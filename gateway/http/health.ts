/** `/livez`, `/readyz` and `/metrics`, for whoever keeps the process running; `/.well-known/jwks.json`, for whoever verifies. */
import type { FastifyInstance } from "fastify";
import type { ServerServices } from "./services";

/** Registers the addresses. They ask nothing of the caller and show nothing of what is asked. */
export function registerHealth(app: FastifyInstance, services: ServerServices): void {
  app.get("/livez", () => ({ alive: true }));
  app.get("/readyz", async (_request, reply) => {
    const readiness = await services.readReadiness();
    const ready = readiness.ready && !services.stopping.aborted;
    if (!ready) reply.code(503).header("retry-after", "1");
    return { ...readiness, ready, alive: true };
  });
  app.get("/metrics", async (_request, reply) => {
    reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8");
    return services.metrics.render();
  });
  const { publishedKeys } = services;
  if (!publishedKeys) return;
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    reply.headers({
      "content-type": "application/jwk-set+json; charset=utf-8",
      "cache-control": "max-age=60",
    });
    return JSON.stringify(await publishedKeys());
  });
}
