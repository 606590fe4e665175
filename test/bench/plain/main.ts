/**
 * One subgraph of the plain stack: the hub's schema and resolvers, served by Apollo Server as it comes, departments read by
 * `repository.find`. `joint` judges with the hub's own code, so that the difference is the stack and not the law.
 */
import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { DEPARTMENTS } from "../../../gateway/cli/departments";
import { defineJoint } from "../../../subgraphs/joint";
import type { DepartmentDefinition } from "../../../subgraphs/shared/department";
import { createDataSource } from "../../../subgraphs/shared/migrate";
import { openSubgraph } from "../../../subgraphs/shared/open-subgraph";
import { readAttributes, type RequestAttributes } from "../../../subgraphs/shared/request-context";
import type { SubgraphDefinition } from "../../../subgraphs/shared/subgraph-definition";
import { findFacts } from "./find-facts";

async function makePlain(department: DepartmentDefinition, databaseUrl: string): Promise<SubgraphDefinition> {
  const source = createDataSource(department, databaseUrl);
  source.setOptions({ extra: { max: 10 } });
  await source.initialize();
  const branches = findFacts(source, department);
  return { ...department, prepare: () => ({ contextOf: (attributes) => ({ ...attributes, ...branches }) }) };
}

async function main(name: string, port: number): Promise<void> {
  const databaseUrl = process.env[`${name.toUpperCase()}_DATABASE_URL`]!;
  const department = Object.values(DEPARTMENTS).find((each) => each.name === name);
  const definition = department
    ? await makePlain(department, databaseUrl)
    : defineJoint({ keysFolder: process.env["BENCH_KEYS_FOLDER"]! });
  const { schema, createContext } = await openSubgraph(definition, databaseUrl);
  await startStandaloneServer(new ApolloServer<RequestAttributes>({ schema }), {
    context: async ({ req }) => createContext(readAttributes((header) => req.headers[header])),
    listen: { port, host: "127.0.0.1" },
  });
}

main(process.argv[2]!, Number(process.env["BENCH_PORT"])).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
