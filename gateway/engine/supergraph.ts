/** Reads a composed supergraph: the planner, what callers may see of it, and what the executor must know of its types. */
import { QueryPlanner } from "@graphql-hive/router-query-planner";
import {
  buildASTSchema,
  Kind,
  parse,
  print,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { standardise } from "./features";
import { readProtections, type Protections } from "./protection";
import { readTypes, type SupergraphTypes } from "./supergraph-types";

/** One supergraph, read once. */
export interface Supergraph {
  readonly planner: QueryPlanner;
  /** What callers may ask: nothing `@inaccessible`, no federation machinery. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly SubgraphLocation[];
  readonly types: SupergraphTypes;
  readonly protections: Protections;
}

/** A subgraph as `join__Graph` declares it. `url` is absent when composition was given none. */
export interface SubgraphLocation {
  readonly name: string;
  readonly url: string | undefined;
}

/** Throws when the text is no supergraph that the planner can read. */
export function readSupergraph(supergraphSdl: string): Supergraph {
  const given = parse(supergraphSdl, { noLocation: true });
  const document = standardise(given);
  const graphs = readGraphs(document);
  if (graphs.size === 0) throw new Error("This is not a supergraph: it has no join__Graph enum.");
  const planner = new QueryPlanner(document === given ? supergraphSdl : print(document));
  const types = readTypes(document, graphs);
  return {
    planner,
    apiSchema: readApiSchema(planner.consumerSchema),
    subgraphs: [...graphs.values()],
    types,
    protections: readProtections(document),
  };
}

/** The `join__Graph` values (`TAX`) with the names and addresses they stand for. */
function readGraphs(document: DocumentNode): ReadonlyMap<string, SubgraphLocation> {
  const graphs = new Map<string, SubgraphLocation>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
    for (const value of definition.values ?? []) {
      const directive = value.directives?.find(({ name }) => name.value === "join__graph");
      const read = (name: string) => {
        const argument = directive?.arguments?.find((candidate) => candidate.name.value === name)?.value;
        return argument?.kind === Kind.STRING ? argument.value : undefined;
      };
      const name = read("name") ?? value.name.value;
      graphs.set(value.name.value, { name, url: read("url") || undefined });
    }
  }
  return graphs;
}

/** The planner prints the introspection schema and graphql-js's own directives too; graphql-js brings its own. */
function readApiSchema(consumerSdl: string): GraphQLSchema {
  const own = new Set(["skip", "include", "deprecated", "specifiedBy", "oneOf"]);
  const isOurs = (definition: DefinitionNode) =>
    definition.kind === Kind.DIRECTIVE_DEFINITION
      ? !own.has(definition.name.value)
      : !("name" in definition && definition.name?.value.startsWith("__"));
  const { definitions } = parse(consumerSdl, { noLocation: true });
  return buildASTSchema(
    { kind: Kind.DOCUMENT, definitions: definitions.filter(isOurs).map(withoutIntrospection) },
    { assumeValidSDL: true },
  );
}

function withoutIntrospection(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const fields = definition.fields?.filter(({ name }) => !name.value.startsWith("__"));
  return fields ? { ...definition, fields } : definition;
}
