/** An engine without subgraphs, so that the server is tested alone: graphql-js behind the same limits. */
import {
  buildSchema,
  execute,
  GraphQLError,
  Kind,
  parse,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from "graphql";
import type { Answer, AnswerError, OperationRequest, RequestContext } from "../../../gateway/engine/contract";
import { compileCost } from "../../../gateway/engine/cost";
import type { Engine } from "../../../gateway/engine/engine";
import { checkDocument, checkText, type DocumentLimits } from "../../../gateway/engine/limits";

export const plainSchema = buildSchema(`
  type Query { hello(name: String, size: Int): String items: [Item!]! caller: String slow: String breaks: String }
  type Item { id: ID! items: [Item!]! }
  type Mutation { write: Int }
  type Subscription { ticks(count: Int!): Int }
`);

/** What the plain graph has seen. */
export interface Seen {
  written: number;
  executed: number;
}

export function createPlainEngine(
  limits: DocumentLimits,
  seen: Seen,
): Pick<Engine, "prepare" | "execute" | "subscribe"> {
  const root = {
    hello: ({ name = "world" }: { name?: string }) => `hello ${name}`,
    items: () => [{ id: "1", items: () => [] }],
    caller: (_: unknown, context: RequestContext) => JSON.stringify(context.attributes),
    slow: () => new Promise((resolve) => setTimeout(() => resolve("done"), 300)),
    write: () => ++seen.written,
    ticks: async function* ({ count }: { count: number }) {
      for (let tick = 1; tick <= count; tick++) yield { ticks: tick };
    },
  };
  function prepare(request: OperationRequest): { refusal: Answer } | Ready {
    const early = checkText(request.query, limits);
    if (early) return { refusal: refuse([early]) };
    const document = read(request.query);
    if (!("kind" in document)) return { refusal: refuse([document]) };
    const { refusal } = checkDocument(document, limits);
    if (refusal) return { refusal: refuse([refusal]) };
    const errors = validate(plainSchema, document, undefined, { hideSuggestions: true });
    if (errors.length > 0) return { refusal: refuse(errors.map(shown)) };
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const operation = (operations as OperationDefinitionNode[]).find(
      ({ name }) => (request.operationName ?? name?.value) === name?.value,
    );
    if (!operation) return { refusal: refuse([shown(new GraphQLError("no such operation"))]) };
    return {
      document,
      node: operation,
      operation: { type: operation.operation, name: operation.name?.value ?? null },
    };
  }
  const argumentsOf = (ready: Ready, request: OperationRequest, context: RequestContext) => ({
    schema: plainSchema,
    document: ready.document,
    rootValue: root,
    contextValue: context,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
  });
  return {
    prepare,
    async execute(request, context) {
      if (request.query.includes("breaks")) throw new Error("boom in /srv/hub.js SELECT 1");
      const ready = prepare(request);
      if ("refusal" in ready) return ready.refusal;
      const tooMuch = compileCost(
        plainSchema,
        { document: ready.document, operation: ready.node },
        limits,
      )(request.variables ?? {});
      if (tooMuch) return refuse([tooMuch]);
      seen.executed++;
      return answer(await execute(argumentsOf(ready, request, context)), ready);
    },
    async *subscribe(request, context) {
      const ready = prepare(request);
      if ("refusal" in ready) return;
      const events = await subscribe(argumentsOf(ready, request, context));
      if (Symbol.asyncIterator in events) for await (const event of events) yield answer(event, ready);
    },
  };
}

interface Ready {
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  readonly operation: NonNullable<Answer["operation"]>;
}

function answer(result: ExecutionResult, { operation }: Ready): Answer {
  const errors = (result.errors ?? []).map(shown);
  if (result.data === undefined) return { ...refuse(errors), operation };
  return { json: JSON.stringify(result), executed: true, operation, errors };
}

function refuse(errors: readonly AnswerError[]): Answer {
  return { json: JSON.stringify({ errors }), executed: false, operation: null, errors };
}

function shown(error: GraphQLError): AnswerError {
  return { message: error.message, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
}

function read(query: string): DocumentNode | AnswerError {
  try {
    return parse(query);
  } catch (error) {
    return shown(error as GraphQLError);
  }
}
