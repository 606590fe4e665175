/** The supergraphs the bench runs on, by name, and what is asked of them. */
import type { GraphQLSchema } from "graphql";
import { buildChainSchema, CHAIN_SDL } from "./chains";
import { SUBGRAPHS, subgraphSdl } from "./city";
import { batchOf100, chains, creditCheck, recordsOnly, type Workload } from "./operations";
import { buildCitySchema } from "./subgraph-schema";
import { bureaus } from "./wide";

export interface WorldSubgraph {
  readonly name: string;
  readonly sdl: string;
  /** Absent for a subgraph that is only there to make the supergraph large. */
  readonly buildSchema?: () => GraphQLSchema;
}

const city = (): readonly WorldSubgraph[] =>
  SUBGRAPHS.map((name) => ({ name, sdl: subgraphSdl(name), buildSchema: () => buildCitySchema(name) }));

/** The subgraphs of each world. */
export const WORLDS: Readonly<Record<string, () => readonly WorldSubgraph[]>> = {
  city,
  wide: () => [...city(), ...bureaus()],
  chains: () =>
    SUBGRAPHS.map((name) => ({ name, sdl: CHAIN_SDL[name], buildSchema: () => buildChainSchema(name) })),
};

/** Every workload by its name, for the rig, which is told names only; it can be taught others. */
export const WORKLOADS: Map<string, Workload> = new Map(
  [creditCheck, batchOf100, recordsOnly, chains].map((workload) => [workload.name, workload]),
);
