/** Coerces variables (specification, 6.1.2). Most values are right as they are: those cost one check each. */
import {
  getVariableValues,
  GraphQLError,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";

/** Variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** Gives the coerced variables, or what is wrong with them. */
export type CoerceVariables = (given: Variables) => Variables | readonly GraphQLError[];

/** Whether a value needs no coercion. */
type IsCoerced = (value: unknown) => boolean;

const ERRORS_MAX = 5;

/** Compiles the coercion of an operation's variables. */
export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): CoerceVariables {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return () => ({});
  const checks = definitions.map(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type) as GraphQLInputType | undefined;
    const isOptional = defaultValue === undefined && !isNonNullType(inputType);
    return { name: variable.name.value, isOptional, isCoerced: compileCheck(inputType) };
  });
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isOptional, isCoerced } of checks) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined && isOptional) continue;
      if (value === undefined || !isCoerced(value)) return coerceByTheBook(schema, operation, given);
      coerced[name] = value;
    }
    return coerced;
  };
}

function coerceByTheBook(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Variables,
): Variables | readonly GraphQLError[] {
  try {
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
      maxErrors: ERRORS_MAX,
    });
    return errors ?? coerced;
  } catch (error) {
    if (error instanceof RangeError) return [new GraphQLError("The variables are nested too deeply.")];
    throw error;
  }
}

function compileCheck(type: GraphQLInputType | undefined): IsCoerced {
  if (isNonNullType(type)) {
    const check = compileCheck(type.ofType as GraphQLInputType);
    return (value) => value !== null && check(value);
  }
  const check = compileNullableCheck(type);
  return (value) => value === null || check(value);
}

function compileNullableCheck(type: GraphQLInputType | undefined): IsCoerced {
  if (isListType(type)) {
    const check = compileCheck(type.ofType);
    return (value) => Array.isArray(value) && value.every(check);
  }
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  if (!isScalarType(type)) return () => false;
  // Custom scalars are the subgraphs' to judge.
  return BUILT_IN[type.name] ?? (() => true);
}

const BUILT_IN: Readonly<Record<string, IsCoerced>> = {
  String: (value) => typeof value === "string",
  ID: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  Int: (value) => typeof value === "number" && (value | 0) === value,
  Float: (value) => typeof value === "number" && Number.isFinite(value),
};
