/** Composes the subgraphs' SDL into the supergraph. Run by `npm run hub -- schema`; a test fails when its output is stale. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  compositionHasErrors,
  composeServices,
  transformSupergraphToPublicSchema,
} from "@theguild/federation-composition";
import { lexicographicSortSchema, parse, print, printSchema, buildASTSchema } from "graphql";
import { repositoryRoot } from "./root";

/** One subgraph as composition sees it. */
export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
}

/** What composition gives: the supergraph for gateways, and the schema that callers see. */
export interface Composition {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
}

/** Folder of the committed SDL snapshots, one file a subgraph. */
export const subgraphSdlFolder: string = join(repositoryRoot, "schema", "subgraphs");

/** The committed SDL snapshots, by name. */
export function readSubgraphSdl(): readonly SubgraphSdl[] {
  return readdirSync(subgraphSdlFolder)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".graphql".length),
      sdl: readFileSync(join(subgraphSdlFolder, file), "utf8"),
    }));
}

/** Where a subgraph is when nobody says otherwise; gateways take the real address from `<NAME>_URL`. */
const urlOf = (name: string): string => `http://${name}.internal/graphql`;

/** Composes, or throws with every composition error. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composition {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: urlOf(name), typeDefs: parse(sdl) })),
  );
  if (compositionHasErrors(result))
    throw new Error(
      `the subgraphs do not compose:\n${result.errors.map(({ message }) => message).join("\n")}`,
    );
  const { supergraphSdl } = result;
  const api = buildASTSchema(transformSupergraphToPublicSchema(parse(supergraphSdl)));
  return {
    supergraphSdl: `${print(parse(supergraphSdl))}\n`,
    apiSdl: `${printSchema(lexicographicSortSchema(api))}\n`,
  };
}
