/** The five departments, on databases of their own: what the tests over all of them share. */
import { construction } from "../../subgraphs/construction";
import { finance } from "../../subgraphs/finance";
import { safety } from "../../subgraphs/safety";
import type { DepartmentDefinition } from "../../subgraphs/shared/department";
import type { AskGraph } from "../../subgraphs/shared/hub-graph";
import { type OpenSubgraph, openSubgraph } from "../../subgraphs/shared/open-subgraph";
import { readAttributes } from "../../subgraphs/shared/request-context";
import { tax } from "../../subgraphs/tax";
import { transport } from "../../subgraphs/transport";
import { type TestDatabase, createTestDatabase } from "../postgres";

export const departments: readonly DepartmentDefinition[] = [safety, transport, construction, tax, finance];

const attributes = readAttributes(() => undefined);

/** An open department with its database. `ask` gives the answer to an operation. */
export interface TestDepartment {
  readonly subgraph: OpenSubgraph;
  readonly database: TestDatabase;
  readonly ask: (query: string, variables?: Record<string, unknown>) => ReturnType<OpenSubgraph["ask"]>;
  readonly close: () => Promise<void>;
}

/** A hub in which no step of a procedure is out of order. */
const ordersNothing: AskGraph = async (_query, { creditCodes }) => ({
  enterprises: (creditCodes as readonly string[]).map((creditCode) => ({ creditCode, stepRefusals: [] })),
});

export async function openDepartment(
  definition: DepartmentDefinition,
  askGraph: AskGraph = ordersNothing,
): Promise<TestDepartment> {
  const database = await createTestDatabase();
  const subgraph = await openSubgraph(definition, database.url, askGraph);
  return {
    subgraph,
    database,
    ask: (query, variables = {}) => subgraph.ask({ query, variables }, attributes),
    close: async () => {
      await subgraph.close();
      await database.drop();
    },
  };
}
