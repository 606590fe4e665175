/** The supergraphs the bench runs on, by name, and what is asked of them. */
import type { GraphQLSchema } from "graphql";
import { SUBGRAPHS, subgraphSdl } from "./city";
import { batchOf100, creditCheck, recordsOnly, type Workload } from "./operations";
import { buildCitySchema } from "./subgraph-schema";

export interface WorldSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly buildSchema: () => GraphQLSchema;
}

/** The subgraphs of each world. */
export const WORLDS: Readonly<Record<string, () => readonly WorldSubgraph[]>> = {
  city: () =>
    SUBGRAPHS.map((name) => ({ name, sdl: subgraphSdl(name), buildSchema: () => buildCitySchema(name) })),
};

/** Every workload by its name, for the rig, which is told names only. */
export const WORKLOADS: ReadonlyMap<string, Workload> = new Map(
  [creditCheck, batchOf100, recordsOnly].map((workload) => [workload.name, workload]),
);
