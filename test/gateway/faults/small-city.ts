/** A city of two subgraphs: a registry that judges, and a tax bureau that lends it evidence. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { composeServices } from "@theguild/federation-composition";
import { graphql, parse, type GraphQLSchema } from "graphql";

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@external", "@requires", "@shareable", "@inaccessible"])`;

const evidence = `type Evidence @shareable { code: ID! status: String! }`;

const registrySdl = `${link}
  type Query { enterprise(code: ID!): Enterprise! enterprises(codes: [ID!]!): [Enterprise!]! }
  type Enterprise @key(fields: "code") {
    code: ID!
    name: String!
    evidence: Evidence @external
    outcome: String! @requires(fields: "evidence { code status }")
  }
  ${evidence}`;

const taxSdl = `${link}
  type Query { taxYear: Int! }
  type Mutation { recordArrears(code: ID!, amount: Float!): TaxRecord }
  type Enterprise @key(fields: "code") { code: ID! tax: TaxRecord evidence: Evidence @inaccessible }
  type TaxRecord { amount: Float! grade: String }
  ${evidence}`;

interface Key {
  readonly code: string;
}

const registry = buildSubgraphSchema([
  {
    typeDefs: parse(registrySdl),
    resolvers: {
      Query: {
        enterprise: (_: unknown, { code }: Key) => ({ code }),
        enterprises: (_: unknown, { codes }: { codes: string[] }) => codes.map((code) => ({ code })),
      },
      Enterprise: {
        __resolveReference: (reference: Key) => reference,
        name: ({ code }: Key) => `enterprise ${code}`,
        outcome: ({
          code,
          evidence: lent,
        }: Key & { evidence?: { code?: string; status?: string } | null }) => {
          if (!lent || lent.code !== code || lent.status === undefined) return "UNDETERMINED";
          return lent.status === "ON_RECORD" ? "RESTRICTED" : "NORMAL";
        },
      },
    },
  },
]);

/** How often the tax bureau has been written to. */
export const written = { times: 0 };

const tax = buildSubgraphSchema([
  {
    typeDefs: parse(taxSdl),
    resolvers: {
      Query: { taxYear: () => 2026 },
      Mutation: {
        recordArrears: (_: unknown, { amount }: { amount: number }) => {
          written.times++;
          return { amount, grade: null };
        },
      },
      Enterprise: {
        __resolveReference: ({ code }: Key) => ({ code }),
        tax: ({ code }: Key) => ({ amount: Number(code) + 0.5, grade: "A" }),
        evidence: ({ code }: Key) => ({ code, status: code.endsWith("0") ? "ON_RECORD" : "NONE_ON_RECORD" }),
      },
    },
  },
]);

/** The supergraph of the city, its subgraphs at these addresses. */
export function composeCity(urls: { registry: string; tax: string }): string {
  const composed = composeServices([
    { name: "registry", url: urls.registry, typeDefs: parse(registrySdl) },
    { name: "tax", url: urls.tax, typeDefs: parse(taxSdl) },
  ]);
  if (composed.supergraphSdl === undefined) throw new Error(JSON.stringify(composed.errors));
  return composed.supergraphSdl;
}

/** A subgraph that listens. */
export interface ListeningSubgraph {
  readonly url: string;
  close(): Promise<void>;
}

export const startRegistry = () => serve(registry);
export const startTax = () => serve(tax);

async function serve(schema: GraphQLSchema): Promise<ListeningSubgraph> {
  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const result = await graphql({ schema, source: query, variableValues: variables ?? {} });
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
    });
  });
  return { url: await listen(server), close: () => stop(server) };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

export async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
