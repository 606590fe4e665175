/** What makes a department: its facts, its two branches on Enterprise, its mutations - and what a request may ask of it. */
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { MigrationInterface } from "typeorm";
import { HubError } from "../../schema/errors";
import { type FactDepartment, type FactType, factTypesOf } from "../../schema/fact-catalogue";
import { type AdmitSteps, admitNobody, askForAdmission } from "./admit-steps";
import { openChangeFeed } from "./change-feed";
import { isUnavailable } from "./database";
import type { EnterpriseKey } from "./enterprise-key";
import type { Evidence, EvidenceFact } from "./evidence";
import type { FactClass } from "./fact-class";
import { LENT_FIELDS } from "./fact-table";
import { createLendingDesk } from "./lend-evidence";
import { type LentFactsText, type ReadEvidence, createEvidenceReader } from "./read-evidence";
import { type FactReads, type RecordRow, createFactReads } from "./read-facts";
import { createRecordingResolvers } from "./record-mutations";
import { CreateChangeFeed20261123010000 } from "./migrations/20261123010000-create-change-feed";
import { CreateMeasureExecution20261127000000 } from "./migrations/20261127000000-create-measure-execution";
import type { FactKeeper } from "./record-facts";
import type { RequestAttributes } from "./request-context";
import { selectedFields } from "./selected-fields";
import type { FactInput } from "./validate-fact";
import type { SubgraphDefinition } from "./subgraph-definition";
import type { EntityType } from "./subgraph-schema";

/** What the resolvers of a department are given with every request. */
export interface DepartmentContext extends RequestAttributes {
  readonly pool: Pool;
  readonly keeper: FactKeeper;
  /** Says whether steps of procedures are in order. */
  readonly admitSteps: AdmitSteps;
  /** The readable branch; only the tables of the fields asked for are read. */
  loadRecord(enterprise: EnterpriseKey, info: GraphQLResolveInfo): Promise<RecordRow>;
  /** The lent branch. */
  loadEvidence(enterprise: EnterpriseKey): Promise<Evidence>;
  /** Asks the database; when that cannot be asked, a HubError DEPARTMENT_UNAVAILABLE that names the department. */
  ask<Answer>(question: () => Promise<Answer>): Promise<Answer>;
}

/** What a department's `index.ts` says; everything else follows from the fact catalogue. */
export interface DepartmentParts extends FactKeeper {
  readonly enterprise: EntityType;
  /** What it knows beside the enterprise. */
  readonly entities?: readonly EntityType[];
  readonly resolvers: readonly (new () => object)[];
  readonly facts: readonly FactClass[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Its facts about the demo cast. */
  readonly demo: readonly FactInput[];
}

/** A department's subgraph, and whose facts it keeps. */
export interface DepartmentDefinition extends SubgraphDefinition, FactKeeper {
  readonly facts: readonly FactClass[];
  readonly demo: readonly FactInput[];
}

interface RecordRequest {
  readonly key: EnterpriseKey;
  readonly fields: readonly string[];
}

function checkFacts({ department, facts }: DepartmentParts): void {
  const classes = facts.map(({ name }) => name).sort();
  const types = factTypesOf(department).map(({ name }) => name);
  const differing = [
    ...types.filter((name) => !classes.includes(name)),
    ...classes.filter((name) => !types.includes(name)),
  ];
  if (differing.length > 0)
    throw new Error(`${department}: classes and fact catalogue differ in ${differing.join(", ")}`);
}

function createAsk(department: FactDepartment, log: Logger) {
  return async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await question();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      log.warn({ err: error }, "the database cannot be asked");
      const name = department.toLowerCase();
      throw new HubError("DEPARTMENT_UNAVAILABLE", `The ${name} department could not be asked.`, {
        department,
      });
    }
  };
}

// One statement for each selection among the batch: one, unless an operation asks for two different ones.
async function readRecordBatch(
  reads: FactReads,
  requests: readonly RecordRequest[],
): Promise<readonly RecordRow[]> {
  const records = new Map<RecordRequest, RecordRow>();
  await Promise.all(
    [...Map.groupBy(requests, ({ fields }) => fields.join()).values()].map(async (group) => {
      const rows = await reads.readRecords(
        group.map(({ key }) => key),
        group[0]!.fields,
      );
      for (const [index, request] of group.entries()) records.set(request, rows[index]!);
    }),
  );
  return requests.map((request) => records.get(request)!);
}

function toEvidence({ creditCode }: EnterpriseKey, facts: LentFactsText): Evidence {
  // "Nothing on record" is an answer, not an absence.
  return facts === null
    ? { status: "NONE_ON_RECORD", creditCode, facts: [] }
    : { status: "ON_RECORD", creditCode, facts: JSON.parse(facts) as EvidenceFact[] };
}

interface Reads extends FactReads {
  readonly readEvidence: ReadEvidence;
}

function createLoaders(reads: Reads, types: readonly FactType[], ask: DepartmentContext["ask"]) {
  const records = new DataLoader<RecordRequest, RecordRow>(
    (requests) => ask(() => readRecordBatch(reads, requests)),
    { cache: false },
  );
  const evidence = new DataLoader<EnterpriseKey, Evidence>(
    async (keys) => {
      const facts = await ask(() => reads.readEvidence(keys, LENT_FIELDS));
      return keys.map((key, index) => toEvidence(key, facts[index]!));
    },
    { cache: false },
  );
  return {
    loadRecord: (key: EnterpriseKey, info: GraphQLResolveInfo) => {
      const selected = selectedFields(info);
      const fields = types.map(({ recordField }) => recordField).filter((name) => selected.has(name));
      return records.load({ key, fields });
    },
    loadEvidence: (key: EnterpriseKey) => evidence.load(key),
  };
}

/** The subgraph of a department. Throws when its classes and the fact catalogue do not agree. */
export function defineDepartment(parts: DepartmentParts): DepartmentDefinition {
  checkFacts(parts);
  const { department, facts, enterprise, migrations, derivedColumns } = parts;
  const keeper: FactKeeper = { department, ...(derivedColumns && { derivedColumns }) };
  const types = factTypesOf(department);
  return {
    ...keeper,
    name: department.toLowerCase(),
    facts,
    demo: parts.demo,
    resolvers: [...parts.resolvers, ...createRecordingResolvers(department, facts)],
    entities: [enterprise, ...(parts.entities ?? [])],
    tables: facts,
    migrations: [...migrations, CreateChangeFeed20261123010000, CreateMeasureExecution20261127000000],
    prepare: ({ pool, log, askGraph }) => {
      const admitSteps = askGraph ? askForAdmission(askGraph) : admitNobody;
      const readEvidence = createEvidenceReader(pool, types);
      const reads = { ...createFactReads(pool, types), readEvidence };
      const ask = createAsk(department, log);
      const changes = openChangeFeed(pool, log);
      return {
        answerAsText: createLendingDesk({
          field: `${department.toLowerCase()}Evidence`,
          readEvidence: (keys, fields) => ask(() => readEvidence(keys, fields)),
        }),
        readChanges: changes.read,
        close: changes.close,
        contextOf: (attributes): DepartmentContext => ({
          ...attributes,
          pool,
          keeper,
          admitSteps,
          ask,
          ...createLoaders(reads, types, ask),
        }),
      };
    },
  };
}
