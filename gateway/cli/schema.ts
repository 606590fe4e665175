/** `hub schema`: writes the SDL snapshots of the subgraphs, composes them, and writes the supergraph. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compose, readSubgraphSdl, subgraphSdlFolder } from "../../schema/compose";
import { repositoryRoot } from "../../schema/root";
import { construction } from "../../subgraphs/construction";
import { finance } from "../../subgraphs/finance";
import { jointSchema } from "../../subgraphs/joint";
import { safety } from "../../subgraphs/safety";
import { buildSubgraph } from "../../subgraphs/shared/subgraph-schema";
import { tax } from "../../subgraphs/tax";
import { transport } from "../../subgraphs/transport";

/** Every subgraph whose SDL is kept; composition takes what lies in the folder. */
export const subgraphs = [safety, transport, construction, tax, finance, jointSchema];

/** Writes `schema/subgraphs/*.graphql`, `schema/supergraph.graphql` and `schema/api.graphql`. */
export async function run(): Promise<number> {
  for (const definition of subgraphs) {
    writeFileSync(join(subgraphSdlFolder, `${definition.name}.graphql`), buildSubgraph(definition).sdl);
  }
  const { supergraphSdl, apiSdl } = compose(readSubgraphSdl());
  writeFileSync(join(repositoryRoot, "schema", "supergraph.graphql"), supergraphSdl);
  writeFileSync(join(repositoryRoot, "schema", "api.graphql"), apiSdl);
  console.log("schema: the subgraphs compose; snapshots are written");
  return 0;
}
