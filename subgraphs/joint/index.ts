/** The subgraph of the joint conference: what it is made of, and how it is opened in the gateway's process. */
import "reflect-metadata";
import { join } from "node:path";
import { repositoryRoot } from "../../schema/root";
import { openPool } from "../shared/database";
import { createExecutor } from "../shared/execute-operation";
import { createLog } from "../shared/log";
import { createAsk, type OpenSubgraph, openSubgraph } from "../shared/open-subgraph";
import type { DatabaseParts } from "../shared/migrate";
import type { SubgraphDefinition } from "../shared/subgraph-definition";
import { buildSubgraph, type SchemaParts } from "../shared/subgraph-schema";
import type { JointContext } from "./context";
import { DutiesResolver } from "./duties.resolver";
import { enterprise } from "./enterprise";
import { EnterpriseResolver } from "./enterprise.resolver";
import { duties } from "./graph/duties";
import { statistics } from "./graph/statistics";
import { createDecisionMemory, type DecisionMemoryLimits } from "./judgement/decision-memory";
import { createDecisions, type DecisionObserver } from "./judgement/decisions";
import { createJudge } from "./judgement/judge";
import { createKeyStore, type KeyStore } from "./ledger/key-store";
import { createKeyring } from "./ledger/keyring";
import { createLedger, type Ledger } from "./ledger/ledger";
import type { PublishedKeys } from "./ledger/published-keys";
import { createLedgerStore } from "./ledger/store";
import { CreateLedger20261123052500 } from "./migrations/20261123052500-create-ledger";
import { CreateScreening20261123060000 } from "./migrations/20261123060000-create-screening";
import { createPublicPages, type PublicPages } from "./pages/public-pages";
import { loadPacks } from "./policy/pack/load-packs";
import type { PackRegistry } from "./policy/pack/pack";
import { ProcedureStepsResolver } from "./procedure-steps.resolver";
import { PublishedResolver } from "./published.resolver";
import { DecisionReceiptResolver, ReceiptResolver } from "./receipt.resolver";
import { SchemeResolver } from "./scheme.resolver";
import { ScreeningResolver } from "./screening.resolver";
import { openScreenings } from "./screening/screenings";
import { StatisticsResolver } from "./statistics.resolver";
import {
  DecisionTextResolver,
  ReceiptTextResolver,
  RuleTextResolver,
  SchemeTextResolver,
  ScreeningTextResolver,
} from "./text.resolver";

/** The schema of `joint`, for building and for its SDL. */
export const jointSchema: SchemaParts & { readonly name: string } = {
  name: "joint",
  resolvers: [
    EnterpriseResolver,
    ProcedureStepsResolver,
    SchemeResolver,
    PublishedResolver,
    ReceiptResolver,
    DecisionReceiptResolver,
    ScreeningResolver,
    StatisticsResolver,
    DutiesResolver,
    DecisionTextResolver,
    ReceiptTextResolver,
    ScreeningTextResolver,
    RuleTextResolver,
    SchemeTextResolver,
  ],
  entities: [enterprise, statistics, duties],
};

/** What `joint` keeps in its database; its tables are read and written by the SQL of `ledger/`. */
export const jointDatabase: DatabaseParts = {
  tables: [],
  migrations: [CreateLedger20261123052500, CreateScreening20261123060000],
};

/** The folder of the signed policy packs. */
export const policiesFolder: string = join(repositoryRoot, "subgraphs", "joint", "policies");

/** What `joint` needs beside its database. */
export interface JointOptions {
  /** Where the key that signs receipts lies; made at first start. */
  readonly keysFolder: string;
  /** The packs to judge by; those of the repository unless given. */
  readonly registry?: PackRegistry;
  /** Told of every decision that was made, or answered again. */
  readonly observe?: DecisionObserver;
  /** How long a question is answered by the decision that was made of it; each time anew unless given. */
  readonly remember?: DecisionMemoryLimits | undefined;
}

/** What the hub shows of `joint` beside the graph. */
export interface JointServices {
  readonly registry: PackRegistry;
  /** The document at `/.well-known/jwks.json`. */
  readonly publishedKeys: () => Promise<PublishedKeys>;
  /** `/policies` and `/policies/<scheme>/<version>`. */
  readonly publicPages: PublicPages;
}

/** `joint`, opened in this process. */
export interface OpenJoint extends OpenSubgraph, JointServices {}

/** The subgraph as the shared plumbing opens and serves it. `announce` is given the services once there is a database. */
export function defineJoint(
  options: JointOptions,
  announce: (services: JointServices) => void = () => undefined,
): SubgraphDefinition {
  return {
    ...jointSchema,
    ...jointDatabase,
    prepare: async ({ pool }) => {
      const registry = options.registry ?? (await loadPacks(policiesFolder));
      const keyring = createKeyring(options.keysFolder, createKeyStore(pool));
      const ledger = createLedger(createLedgerStore(pool), keyring);
      const judge = createJudge();
      const memory = options.remember && createDecisionMemory(options.remember);
      const decisions = createDecisions({ ledger, memory, observe: options.observe });
      const screenings = openScreenings(pool);
      const services: JointServices = {
        registry,
        publishedKeys: keyring.published,
        publicPages: createPublicPages(registry),
      };
      announce(services);
      return {
        contextOf: (attributes): JointContext => ({
          ...attributes,
          ...services,
          judge,
          decisions,
          ledger,
          screenings,
        }),
        close: async () => {
          await keyring.close();
          await screenings.close();
        },
      };
    },
  };
}

/** The ledger alone, for the command line: receipts and keys, without judging. */
export interface LedgerDesk {
  readonly ledger: Ledger;
  readonly keys: KeyStore;
  readonly close: () => Promise<void>;
}

/** Opens the ledger over its database, which must have been migrated. */
export function openLedger(databaseUrl: string, keysFolder: string): LedgerDesk {
  const pool = openPool(databaseUrl);
  const keys = createKeyStore(pool);
  const keyring = createKeyring(keysFolder, keys);
  return {
    ledger: createLedger(createLedgerStore(pool), keyring),
    keys,
    close: async () => {
      keyring.close();
      await pool.end();
    },
  };
}

/**
 * `joint` without its database, for whoever only has to know whether steps of procedures are in order: decisions cannot be
 * asked of it, since they could not be kept.
 */
export async function openStepDesk(): Promise<Pick<OpenSubgraph, "ask">> {
  const registry = await loadPacks(policiesFolder);
  const built = buildSubgraph(jointSchema);
  const log = createLog(jointSchema.name);
  const execute = createExecutor(built.schema, log);
  const bench = { registry, judge: createJudge() };
  return { ask: createAsk(built, { log, execute }, (attributes) => ({ ...attributes, ...bench })) };
}

/** Opens `joint` in this process, over its database. Throws PolicyError when a pack is refused. */
export async function openJoint(databaseUrl: string, options: JointOptions): Promise<OpenJoint> {
  let services: JointServices | undefined;
  const subgraph = await openSubgraph(
    defineJoint(options, (announced) => (services = announced)),
    databaseUrl,
  );
  return { ...subgraph, ...services! };
}
