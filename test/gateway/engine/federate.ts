/** Small federations for tests: subgraphs in this process, composed, answered by the engine, with faults on demand. */
import { buildSubgraphSchema, type GraphQLSchemaModule } from "@apollo/subgraph";
import { composeServices } from "@theguild/federation-composition";
import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from "graphql";
import { fromByteText, toByteText } from "../../../gateway/engine/byte-text";
import type { Answer, SubgraphRequest, SubgraphResponse, Transport } from "../../../gateway/engine/contract";
import { createEngine, type Engine } from "../../../gateway/engine/engine";
import type { EngineOptions } from "../../../gateway/engine/options";

/** A resolver map as `buildSubgraphSchema` takes it. */
export type Resolvers = NonNullable<GraphQLSchemaModule["resolvers"]>;

/** One subgraph of a test. The federation link is added. */
export interface TestSubgraph {
  readonly typeDefs: string;
  readonly resolvers: Resolvers;
}

/** Changes what a subgraph answers; throwing is a subgraph that cannot be asked. */
export type Fault = (
  respond: () => Promise<SubgraphResponse>,
  request: SubgraphRequest,
) => Promise<SubgraphResponse>;

/** A composed federation. */
export interface Federation {
  readonly engine: Engine;
  /** What subgraphs were asked, in order. */
  readonly asked: {
    readonly subgraph: string;
    readonly query: string;
    readonly variables: Record<string, unknown>;
  }[];
  /** By subgraph; set and removed by tests. */
  readonly faults: Map<string, Fault>;
  readonly run: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** The answer's data and errors. */
  readonly ask: (query: string, variables?: Record<string, unknown>) => Promise<TestAnswer>;
}

/** A parsed answer. */
export interface TestAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly service?: string };
  }[];
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires",
  "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@authenticated",
  "@requiresScopes", "@policy"])\n`;

/** Composes subgraphs. Throws what composition says is wrong. */
export function composeSupergraph(
  subgraphs: Readonly<Record<string, Pick<TestSubgraph, "typeDefs">>>,
): string {
  const services = Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
    name,
    url: `http://${name}.test/graphql`,
    typeDefs: parse(LINK + typeDefs),
  }));
  const result = composeServices(services);
  if (!result.supergraphSdl) throw new Error(result.errors?.map(({ message }) => message).join("\n"));
  return result.supergraphSdl;
}

/** What the transports of a federation are like. */
export interface TestTransports {
  /** Local ones; otherwise texts go back and forth. */
  readonly takesValues?: boolean;
  /** Whether texts are read by the engine where it can; otherwise they are parsed. */
  readonly readsBytes?: boolean;
}

/** Builds the federation. */
export function federate(
  subgraphs: Readonly<Record<string, TestSubgraph>>,
  {
    takesValues = false,
    readsBytes = !takesValues,
    ...options
  }: Partial<EngineOptions> & TestTransports = {},
): Federation {
  const asked: Federation["asked"] = [];
  const faults = new Map<string, Fault>();
  const schemas = new Map(
    Object.entries(subgraphs).map(([name, { typeDefs, resolvers }]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(LINK + typeDefs), resolvers }]),
    ]),
  );
  const transports = (name: string): Transport => ({
    takesValues,
    readsBytes,
    send: async (request) => {
      const variables = takesValues
        ? request.variables
        : (JSON.parse(fromByteText(request.variablesJson)) as Record<string, unknown>);
      asked.push({ subgraph: name, query: request.query, variables });
      const respond = () => respondWith(schemas.get(name)!, request.query, variables);
      const response = await (faults.get(name)?.(respond, request) ?? respond());
      const read = readsBytes ? request.read : undefined;
      return read?.(toByteText(JSON.stringify(response))) ?? response;
    },
    subscribe: (request) => openEvents(schemas.get(name)!, request),
    close: async () => {},
  });
  const engine = createEngine({ supergraphSdl: composeSupergraph(subgraphs), transports, ...options });
  const run = (query: string, variables: Record<string, unknown> = {}) =>
    engine.execute({ query, variables }, testContext());
  return {
    engine,
    asked,
    faults,
    run,
    ask: async (query, variables) => JSON.parse((await run(query, variables)).json) as TestAnswer,
  };
}

/** A caller who may read the schema and has ten seconds. */
export function testContext() {
  return { requestId: "test", deadlineAt: performance.now() + 10_000, attributes: {}, mayReadSchema: true };
}

async function respondWith(
  schema: GraphQLSchema,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) {
  const result = await execute({ schema, document: parse(query), variableValues: variables });
  return JSON.parse(JSON.stringify(result)) as SubgraphResponse;
}

async function* openEvents(
  schema: GraphQLSchema,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphResponse> {
  const { query, variables } = request;
  const events = await subscribe({ schema, document: parse(query), variableValues: variables });
  if (!(Symbol.asyncIterator in events)) throw new Error("no events");
  for await (const event of events as AsyncIterable<ExecutionResult>)
    yield JSON.parse(JSON.stringify(event)) as SubgraphResponse;
}
