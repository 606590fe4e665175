/** Records batches in the departments' databases, and waits for one that is away for a while. */
import type { Pool } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../../../schema/errors";
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { AdmitSteps } from "../../../subgraphs/shared/admit-steps";
import { isUnavailable, openPool } from "../../../subgraphs/shared/database";
import { migrate } from "../../../subgraphs/shared/migrate";
import { type FactOutcome, recordFacts } from "../../../subgraphs/shared/record-facts";
import type { FactInput } from "../../../subgraphs/shared/validate-fact";
import { type Databases, ServerAway } from "../databases";
import { DEPARTMENTS } from "../departments";
import type { DatabaseName } from "../postgres/names";

const AWAY_MAX_MS = 60_000;
const RETRY_PAUSE_MS = 500;

/** Takes facts of any department. */
export interface Recorder {
  /** What became of each row, in order; durable when it returns. */
  readonly record: (
    department: FactDepartment,
    rows: readonly FactInput[],
  ) => Promise<readonly FactOutcome[]>;
  readonly close: () => Promise<void>;
}

// The operator's command line may say when a fact was recorded, and may send a file again.
const OPTIONS = { mayMigrateHistory: true, isReplay: true } as const;

const isAway = (error: unknown): boolean =>
  error instanceof ServerAway ||
  isUnavailable(error) ||
  (error instanceof HubError && error.code === "SERVICE_UNAVAILABLE");

/**
 * Records through the databases given; a department's database is migrated before its first batch. `admitSteps` says whether
 * steps of procedures are in order; absent for the demonstration.
 */
export function openRecorder(databases: Databases, admitSteps?: AdmitSteps): Recorder {
  const pools = new Map<FactDepartment, Promise<Pool>>();
  const connect = async (department: FactDepartment): Promise<Pool> => {
    const url = databases.urlOf(department.toLowerCase() as DatabaseName);
    await migrate(DEPARTMENTS[department], url);
    return openPool(url, { max: 1 });
  };
  const disconnect = async (department: FactDepartment): Promise<void> => {
    const pool = pools.get(department);
    pools.delete(department);
    await pool?.then((open) => open.end()).catch(() => undefined);
  };
  const recordOnce = async (department: FactDepartment, rows: readonly FactInput[]) => {
    const pool = pools.get(department) ?? connect(department);
    pools.set(department, pool);
    const options = { ...OPTIONS, ...(admitSteps && { admitSteps }) };
    return recordFacts(await pool, { keeper: DEPARTMENTS[department], rows }, options);
  };
  const record: Recorder["record"] = async (department, rows) => {
    for (const deadline = Date.now() + AWAY_MAX_MS; ; await sleep(RETRY_PAUSE_MS)) {
      try {
        return await recordOnce(department, rows);
      } catch (error) {
        // Whatever was being written is written whole or not at all; sent again it is found unchanged.
        await disconnect(department);
        if (!isAway(error) || Date.now() > deadline) throw error;
      }
    }
  };
  return {
    record,
    close: async () => void (await Promise.all([...pools.keys()].map(disconnect))),
  };
}
