import { readFileSync } from "node:fs";
import { join } from "node:path";
import { subgraphs } from "../../gateway/cli/schema";
import { compose, readSubgraphSdl } from "../../schema/compose";
import { repositoryRoot } from "../../schema/root";
import { buildSubgraph } from "../../subgraphs/shared/subgraph-schema";

const remedy = "run: npm run hub -- schema";
const committed = new Map(readSubgraphSdl().map(({ name, sdl }) => [name, sdl]));

test.each(subgraphs)("the committed SDL of $name is what its classes say", (definition) => {
  expect({ sdl: committed.get(definition.name), remedy }).toEqual({
    sdl: buildSubgraph(definition).sdl,
    remedy,
  });
});

test("the committed supergraph is what the committed subgraphs compose to", () => {
  const { supergraphSdl, apiSdl } = compose(readSubgraphSdl());
  const read = (file: string) => readFileSync(join(repositoryRoot, "schema", file), "utf8");
  expect({ sdl: read("supergraph.graphql"), remedy }).toEqual({ sdl: supergraphSdl, remedy });
  expect({ sdl: read("api.graphql"), remedy }).toEqual({ sdl: apiSdl, remedy });
});

test("subgraphs that contradict each other do not compose", () => {
  const clashing = readSubgraphSdl().map(({ name, sdl }) => ({
    name,
    sdl: name === "tax" ? sdl.replace("arrears: [TaxArrears!]!", "arrears: [Unheard!]!") : sdl,
  }));
  expect(() => compose(clashing)).toThrow("do not compose");
});

test("callers do not see what departments lend to judgements", () => {
  expect(compose(readSubgraphSdl()).apiSdl).not.toMatch(/Evidence|scalar JSON/);
});
