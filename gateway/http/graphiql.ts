/** `/graphiql`: the explorer, in one page that asks nothing of any other host. */
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { FastifyInstance } from "fastify";
import type { ServerServices } from "./services";

/** Registers the page. Its policy lets it talk to this hub only, whatever a library in it would like to load. */
export function registerGraphiql(app: FastifyInstance, { exampleOperations }: ServerServices): void {
  let page: string | undefined;
  app.get("/graphiql", (_request, reply) => {
    page ??= renderPage(exampleOperations);
    return reply
      .headers({ "content-type": "text/html; charset=utf-8", "content-security-policy": policy })
      .send(page);
  });
}

function renderPage(examples: ServerServices["exampleOperations"]): string {
  const tabs = examples.map(({ query, variables }) => ({
    query,
    variables: JSON.stringify(variables, undefined, 2),
  }));
  // The tab that is open at first takes its query from the tabs, but its variables only from here; the types do not know it.
  const firstVariables = { variables: tabs[0]?.variables };
  return renderGraphiQL({
    title: "GraphiQL",
    endpoint: "/graphql",
    subscriptionsProtocol: "GRAPHQL_SSE",
    defaultTabs: tabs,
    ...firstVariables,
  });
}

const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
