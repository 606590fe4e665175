/** A screening over departments of which one is busy, or silent: the worker's own engine, transports, joint and ledger. */
import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, runOnce } from "graphile-worker";
import { openWorkerGraph, type WorkerGraph } from "../../../../gateway/cli/screening/ask-graph";
import { asLocalSubgraph } from "../../../../gateway/cli/start/joint";
import { departments, readGatewayConfig } from "../../../../gateway/config";
import { checkCharacter } from "../../../../schema/credit-code";
import { openJoint, type OpenJoint } from "../../../../subgraphs/joint";
import { type ScreeningRow, readScreeningRows } from "../../../../subgraphs/joint/screening/results";
import { type Screenings, openScreenings } from "../../../../subgraphs/joint/screening/screenings";
import { createScreeningStore } from "../../../../subgraphs/joint/screening/store";
import { screeningTasks } from "../../../../subgraphs/joint/screening/tasks";
import { type TestDatabase, createTestDatabase } from "../../../postgres";

const PATIENCE = { attemptsMax: 4, attemptMs: 1_500, firstPauseMs: 20, silentMs: 100 };
const codes = Array.from({ length: 1_800 }, (_, index) => {
  const body = `91330206FAKE${String(index).padStart(5, "0")}`;
  return body + checkCharacter(body);
});

/** A department with nothing on record that fails as it is told, request by request, and answers when nothing is left to do. */
interface Department {
  readonly server: Server;
  readonly failures: Failure[];
  asked: number;
}
type Failure = "hang" | "status" | "unavailable" | "cut";

function answerOf(name: string, body: string, isUnavailable: boolean): string {
  const { representations } = (
    JSON.parse(body) as { variables: { representations: Record<string, string>[] } }
  ).variables;
  const branch = `${name}Evidence`;
  const _entities = representations.map(({ creditCode, asOf }) => ({
    creditCode,
    asOf,
    [branch]: isUnavailable ? null : { status: "NONE_ON_RECORD", creditCode, facts: [] },
  }));
  const errors = representations.map((_, index) => ({
    message: "away",
    path: ["_entities", index, branch],
    extensions: { code: "DEPARTMENT_UNAVAILABLE" },
  }));
  return JSON.stringify({ data: { _entities }, ...(isUnavailable && { errors }) });
}

async function openDepartment(name: string): Promise<Department> {
  const department: Department = {
    failures: [],
    asked: 0,
    server: createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      department.asked++;
      const failure = department.failures.shift();
      if (failure === "hang") return;
      if (failure === "cut") return void request.socket.destroy();
      response.writeHead(failure === "status" ? 503 : 200, { "content-type": "application/json" });
      response.end(failure === "status" ? "{}" : answerOf(name, body, failure === "unavailable"));
    }),
  };
  await new Promise<void>((resolve) => department.server.listen(0, "127.0.0.1", resolve));
  return department;
}

let database: TestDatabase;
let folder: string;
let joint: OpenJoint;
let screenings: Screenings;
let graph: WorkerGraph;
let opened: ReadonlyMap<string, Department>;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "hub-screening-"));
  joint = await openJoint(database.url, { keysFolder: folder });
  screenings = openScreenings(joint.pool);
  opened = new Map(
    await Promise.all(departments.map(async (name) => [name, await openDepartment(name)] as const)),
  );
});
beforeEach(() => {
  const urls = [...opened].map(([name, { server }]) => [
    `${name.toUpperCase()}_URL`,
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
  ]);
  for (const department of opened.values()) Object.assign(department, { asked: 0, failures: [] });
  graph = openWorkerGraph(readGatewayConfig(Object.fromEntries(urls)), asLocalSubgraph(joint), PATIENCE);
});
afterEach(() => graph.close());
afterAll(async () => {
  await screenings.close();
  await joint.close();
  for (const { server } of opened.values()) {
    server.close();
    server.closeAllConnections();
  }
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function screen() {
  const question = { purpose: "LOAN", scheme: null, asOf: "2026-01-01", knownAt: null } as const;
  const { id } = await screenings.start(question, codes, "test");
  const taskList = screeningTasks(createScreeningStore(joint.pool), graph.ask);
  const logger = new Logger(() => () => undefined);
  await runOnce({ pgPool: joint.pool, taskList, logger, noHandleSignals: true, concurrency: 1 });
  const rows: ScreeningRow[] = [];
  for await (const row of readScreeningRows(joint.pool, id)) rows.push(row);
  return { screening: (await screenings.find(id))!, rows };
}

test.each<Failure>(["hang", "status", "unavailable", "cut"])(
  "a department that is busy at first (%s) is asked again, and no enterprise is left undetermined",
  async (failure) => {
    // The transport itself asks a second time after a broken connection or a bad status.
    const times = failure === "status" || failure === "cut" ? 6 : 3;
    opened.get("safety")!.failures.push(...Array<Failure>(times).fill(failure));
    const { screening, rows } = await screen();
    expect(screening).toMatchObject({ state: "FINISHED", done: codes.length });
    expect(screening.outcomes.map(({ outcome }) => outcome)).not.toContain("UNDETERMINED");
    expect(new Set(rows.map(({ missing }) => missing))).toEqual(new Set([""]));
  },
);

test("a department that stays silent is given up once, and every enterprise is undetermined and names it", async () => {
  const safety = opened.get("safety")!;
  safety.failures.push(...Array<Failure>(100).fill("hang"));
  const { screening, rows } = await screen();
  expect(screening.outcomes).toEqual([{ outcome: "UNDETERMINED", count: codes.length }]);
  expect(rows).toHaveLength(codes.length);
  expect(new Set(rows.map(({ missing }) => missing))).toEqual(new Set(["SAFETY"]));
  const slices = opened.get("finance")!.asked;
  expect(slices).toBeGreaterThan(1);
  expect(safety.asked).toBe(PATIENCE.attemptsMax + slices - 1);
});
