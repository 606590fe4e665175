/** `/policies` and what lies below: pages that a subgraph of this process renders, for anybody to read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "./refusal";
import type { ServerServices } from "./services";

/** Registers the pages, if there are any. */
export function registerPublicPages(app: FastifyInstance, { publicPages }: ServerServices): void {
  if (!publicPages) return;
  const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await publicPages(request.url.split("?", 1)[0]!);
    if (!page) throw new Refusal(404, "NOT_FOUND", "There is no page at this address.");
    return reply.headers({ "cache-control": "public, max-age=300", ...page.headers }).send(page.body);
  };
  app.get("/policies", send);
  app.get("/policies/*", send);
}
