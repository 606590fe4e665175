/** A subgraph without HTTP: schema, database and executor. The server is built on it, and so is the in-process transport. */
import { GraphQLError, type GraphQLFormattedError, parse, validate } from "graphql";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import type { Pool } from "pg";
import { isUnavailable, openKeptConnections, openPool } from "./database";
import { OPERATIONS_MAX, type OperationExecutor, createExecutor, presentError } from "./execute-operation";
import type { AskGraph } from "./hub-graph";
import { createLog } from "./log";
import { migrate } from "./migrate";
import type { RequestAttributes } from "./request-context";
import type { SubgraphDefinition, SubgraphRuntime } from "./subgraph-definition";
import { type SubgraphSchema, buildSubgraph } from "./subgraph-schema";

/** An operation as it was sent. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer to an operation. `data` is absent when nothing was executed. */
export interface OperationAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A subgraph that can be asked. */
export interface OpenSubgraph extends SubgraphSchema {
  readonly log: Logger;
  readonly pool: Pool;
  /** Runs a validated operation; `createContext` makes its context. */
  readonly execute: OperationExecutor;
  readonly createContext: (attributes: RequestAttributes) => RequestAttributes;
  /** Parses, validates and runs an operation. Never throws: what goes wrong stands in `errors`. */
  readonly ask: (operation: Operation, attributes: RequestAttributes) => Promise<OperationAnswer>;
  /** Whether the database is migrated and answers now. */
  readonly isReady: () => Promise<boolean>;
  readonly readChanges?: SubgraphRuntime["readChanges"];
  readonly answerAsText?: SubgraphRuntime["answerAsText"];
  readonly close: () => Promise<void>;
}

const MIGRATION_RETRY_MS = 1000;

interface Migration {
  readonly isDone: () => boolean;
  readonly stop: () => void;
}

// A database that is not there yet (a container that starts beside ours) does not stop the start: the subgraph is alive,
// not ready, and says DEPARTMENT_UNAVAILABLE until the database comes.
async function startMigration(
  definition: SubgraphDefinition,
  databaseUrl: string,
  log: Logger,
): Promise<Migration> {
  let timer: NodeJS.Timeout | undefined;
  let isDone = false;
  const run = async (): Promise<void> => {
    try {
      await migrate(definition, databaseUrl);
      isDone = true;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      log.warn({ err: error }, "the database cannot be reached yet");
      timer = setTimeout(
        () => void run().catch((fault) => log.fatal({ err: fault }, "migration")),
        MIGRATION_RETRY_MS,
      );
    }
  };
  await run();
  return { isDone: () => isDone, stop: () => clearTimeout(timer) };
}

/** Parses and validates what is asked, each text once, and runs it. Never throws: what goes wrong stands in `errors`. */
export function createAsk(
  { schema }: SubgraphSchema,
  { log, execute }: Pick<OpenSubgraph, "log" | "execute">,
  createContext: OpenSubgraph["createContext"],
): OpenSubgraph["ask"] {
  const documents = new LRUCache<string, ReturnType<typeof parse>>({ max: OPERATIONS_MAX });
  const parseValid = (source: string): ReturnType<typeof parse> => {
    const cached = documents.get(source);
    if (cached) return cached;
    const document = parse(source);
    const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
    if (fault) throw fault;
    documents.set(source, document);
    return document;
  };
  return async ({ query, operationName, variables = {} }, attributes) => {
    try {
      const document = parseValid(query);
      return await execute({ document, source: query, operationName, variables }, createContext(attributes));
    } catch (error) {
      const fault =
        error instanceof GraphQLError ? error : new GraphQLError("", { originalError: error as Error });
      return { errors: [presentError(fault, { log, requestId: attributes.requestId })] };
    }
  };
}

/**
 * Opens a subgraph over its database, migrating it first. Throws when a migration fails; a database that cannot be
 * reached is tried again until it comes. `askGraph` is the hub's graph, for a department that asks it before it records.
 */
export async function openSubgraph(
  definition: SubgraphDefinition,
  databaseUrl: string,
  askGraph?: AskGraph,
): Promise<OpenSubgraph> {
  const log = createLog(definition.name);
  const built = buildSubgraph(definition);
  const migration = await startMigration(definition, databaseUrl, log);
  const pool = openPool(databaseUrl);
  await openKeptConnections(pool);
  const runtime = await definition.prepare({ pool, log, ...(askGraph && { askGraph }) });
  const createContext = (attributes: RequestAttributes) => ({
    ...attributes,
    ...runtime.contextOf(attributes),
  });
  const execute = createExecutor(built.schema, log);
  return {
    ...built,
    log,
    pool,
    execute,
    createContext,
    ...(runtime.readChanges && { readChanges: runtime.readChanges }),
    ...(runtime.answerAsText && { answerAsText: runtime.answerAsText }),
    ask: createAsk(built, { log, execute }, createContext),
    isReady: async () =>
      migration.isDone() &&
      (await pool.query("SELECT 1").then(
        () => true,
        () => false,
      )),
    close: async () => {
      migration.stop();
      await runtime.close?.();
      await pool.end();
    },
  };
}
