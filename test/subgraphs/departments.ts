/** The five departments, on databases of their own: what the tests over all of them share. */
import { construction } from "../../subgraphs/construction";
import { finance } from "../../subgraphs/finance";
import { safety } from "../../subgraphs/safety";
import type { DepartmentDefinition } from "../../subgraphs/shared/department";
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

export async function openDepartment(definition: DepartmentDefinition): Promise<TestDepartment> {
  const database = await createTestDatabase();
  const subgraph = await openSubgraph(definition, database.url);
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
