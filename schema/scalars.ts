/** The scalars of the graph. The same objects serve all six subgraphs, so that they compose. */
import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped, parse } from "graphql";
import type { ScalarTypeDefinitionNode } from "graphql";
import { toCreditCode } from "./credit-code";
import { HubError } from "./errors";
import { toInstant, toLocalDate, toMoney, toRate } from "./values";

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly toCanonical: (value: unknown) => string;
}

function textScalar({ name, description, toCanonical }: TextScalar): GraphQLScalarType<string, string> {
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => value as string,
    parseValue: toCanonical,
    parseLiteral: (node: ValueNode) => {
      if (node.kind !== Kind.STRING) throw new HubError("BAD_USER_INPUT", `${name} is written as a string.`);
      return toCanonical(node.value);
    },
  });
}

/** Unified social credit code, canonical when it comes in: NFKC, upper case, check character verified. */
export const CreditCodeScalar = textScalar({
  name: "CreditCode",
  description:
    "Unified social credit code of GB 32100-2015: 18 characters with a verified check character. Full-width and lower-case writing is taken and brought to the canonical form.",
  toCanonical: toCreditCode,
});

/** A day, `YYYY-MM-DD`. */
export const LocalDateScalar = textScalar({
  name: "LocalDate",
  description: "A day, written YYYY-MM-DD: the business date in Asia/Shanghai. Never a point in time.",
  toCanonical: toLocalDate,
});

/** An instant, RFC 3339. */
export const DateTimeScalar = textScalar({
  name: "DateTime",
  description: "A point in time as in RFC 3339, with a zone: 2024-05-01T09:00:00+08:00.",
  toCanonical: toInstant,
});

/** Yuan, two places. */
export const MoneyScalar = textScalar({
  name: "Money",
  description:
    'Yuan as a decimal string with two places: "4000000.00". Exact; never a floating-point number.',
  toCanonical: toMoney,
});

/** Per cent, up to four places. */
export const RateScalar = textScalar({
  name: "Rate",
  description: 'A rate in per cent as a decimal string with at most four places: "0.75".',
  toCanonical: toRate,
});

/** Any JSON value: the own fields of a lent fact. Composition hides it, as it hides the type that holds it. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "The own fields of a lent fact, as the fact catalogue names them.",
  astNode: parse("scalar JSON @inaccessible").definitions[0] as ScalarTypeDefinitionNode,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
