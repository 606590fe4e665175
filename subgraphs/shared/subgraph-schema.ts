/** From type-graphql classes to a Federation 2 subgraph: executable schema and SDL. */
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type EnumTypeDefinitionNode, type GraphQLSchema, GraphQLEnumType, parse } from "graphql";
import { type NonEmptyArray, buildSchemaSync, createResolversMap } from "type-graphql";
import { FEDERATION_LINK } from "../../schema/federation";

/** An entity of a subgraph: its class, and what turns a representation into an instance of it (async, no SQL). */
export interface EntityType {
  readonly type: new () => object;
  readonly resolveReference: (representation: Readonly<Record<string, unknown>>) => Promise<object>;
}

/** What a subgraph's schema is made of. */
export interface SchemaParts {
  readonly resolvers: readonly (new () => object)[];
  readonly entities: readonly EntityType[];
}

/** The executable schema of a subgraph, and the SDL that it gives to composition. */
export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

// type-graphql takes no directives on enums. An enum that only hidden types use must not stand alone in the API schema.
const HIDDEN_ENUMS = ["EvidenceStatus"];

function hideEnums(schema: GraphQLSchema): void {
  for (const name of HIDDEN_ENUMS) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLEnumType)) continue;
    const values = type.getValues().map((value) => value.name);
    const definition = parse(`enum ${name} @inaccessible { ${values.join(" ")} }`).definitions[0];
    type.astNode = definition as EnumTypeDefinitionNode;
  }
}

/** Builds the subgraph schema. Throws when a decorator or directive is wrong. */
export function buildSubgraph({ resolvers, entities }: SchemaParts): SubgraphSchema {
  const schema = buildSchemaSync({
    validate: false,
    skipCheck: true,
    resolvers: resolvers as unknown as NonEmptyArray<new () => object>,
    orphanedTypes: entities.map(({ type }) => type),
  });
  hideEnums(schema);
  const sdl = `${FEDERATION_LINK}\n${printSchemaWithDirectives(schema)}\n`;
  const resolverMap = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  for (const { type, resolveReference } of entities) {
    resolverMap[type.name] = { ...resolverMap[type.name], __resolveReference: resolveReference };
  }
  return {
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolverMap as never }]),
    sdl,
  };
}
