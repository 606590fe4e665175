/**
 * What a document may be at most. Checked once per distinct document, before it is validated and planned: the planner
 * and graphql-js's own rules take quadratic or exponential time on what is refused here.
 */
import { Kind, Lexer, Source, TokenKind, type DocumentNode } from "graphql";
import type { AnswerError } from "./contract";
import { measureDocument, type DocumentMeasure } from "./measure-document";

/** Upper bounds of a document. Each is inclusive; the error of each names it and what was measured. */
export interface DocumentLimits {
  /** UTF-16 code units of the document's text, comments included. */
  readonly charactersMax: number;
  /** Lexical tokens, comments not counted. */
  readonly tokensMax: number;
  /** Brackets of any kind inside one another: what the parser recurses on. */
  readonly nestingMax: number;
  /** Fields inside one another, fragments expanded, introspection not counted. */
  readonly depthMax: number;
  /** Fields inside one another below `__schema` and `__type`. */
  readonly introspectionDepthMax: number;
  /** Aliases in one operation, fragments expanded. */
  readonly aliasesMax: number;
  /** Fields of an operation's root selection, fragments expanded. */
  readonly rootFieldsMax: number;
  /** Times that one response key is asked for in one selection, fragments expanded. */
  readonly repeatsMax: number;
  /** Directives in the document. */
  readonly directivesMax: number;
  /** Operations in the document. */
  readonly operationsMax: number;
  /** Fragment definitions in the document. */
  readonly fragmentsMax: number;
  /** Fields of one operation, fragments expanded. */
  readonly fieldsMax: number;
  /** Objects that one operation may bring, estimated: see cost.ts. */
  readonly costMax: number;
  /** Elements assumed in a list that no argument bounds. */
  readonly listSizeAssumed: number;
  /** What a list at the root costs before its elements: its length is known only afterwards. */
  readonly rootListCost: number;
}

/** Limits, and the lists of which it was measured how many elements they have, as `Type.field`. */
export interface MeasuredLimits extends DocumentLimits {
  readonly listSizes?: Readonly<Record<string, number>>;
}

/** The defaults: a credit check uses a tenth of each, a batch of 1,000 enterprises with decisions a third of the cost. */
export const defaultDocumentLimits: DocumentLimits = {
  charactersMax: 100_000,
  tokensMax: 10_000,
  nestingMax: 500,
  depthMax: 14,
  introspectionDepthMax: 20,
  aliasesMax: 100,
  rootFieldsMax: 100,
  repeatsMax: 100,
  directivesMax: 100,
  operationsMax: 50,
  fragmentsMax: 100,
  fieldsMax: 5_000,
  costMax: 1_000_000,
  listSizeAssumed: 10,
  rootListCost: 10_000,
};

/**
 * The error of a limit that was exceeded: code `LIMIT_EXCEEDED`, with `limit`, `allowed` and `measured` in the extensions.
 */
export function exceeded(
  limit: string,
  { allowed, measured }: { allowed: number; measured: number },
): AnswerError {
  const shown = Math.min(measured, Number.MAX_SAFE_INTEGER);
  return {
    message: `The document exceeds the limit ${limit}: measured ${shown}, allowed ${allowed}.`,
    extensions: { code: "LIMIT_EXCEEDED", limit, allowed, measured: shown },
  };
}

/**
 * Checks a document's text before it is parsed: length, tokens, nesting. Null when it may be parsed.
 * Text that does not lex gives null too: the parser says where.
 */
export function checkText(query: string, limits: DocumentLimits): AnswerError | null {
  if (query.length > limits.charactersMax)
    return exceeded("charactersMax", { allowed: limits.charactersMax, measured: query.length });
  const { tokens, nesting } = countTokens(query);
  if (tokens > limits.tokensMax)
    return exceeded("tokensMax", { allowed: limits.tokensMax, measured: tokens });
  if (nesting > limits.nestingMax)
    return exceeded("nestingMax", { allowed: limits.nestingMax, measured: nesting });
  return null;
}

/** What a parsed document was found to be. */
export interface DocumentCheck {
  /** The error to answer with, or null when the document may be validated. */
  readonly refusal: AnswerError | null;
  /** Whether `__schema` or `__type` stands anywhere in it; refuse unless `RequestContext.mayReadSchema`. */
  readonly readsSchema: boolean;
}

/**
 * Checks a parsed document before it is validated. Needs no schema, and survives fragments that are circular, missing
 * or doubled: those are counted as far as they go, and validation says what is wrong with them.
 */
export function checkDocument(document: DocumentNode, limits: DocumentLimits): DocumentCheck {
  const definitions = countDefinitions(document);
  const early = firstExceeded(definitions, limits);
  if (early) return { refusal: early, readsSchema: false };
  const measure = measureDocument(document);
  return { refusal: firstExceeded(measure, limits), readsSchema: measure.readsSchema };
}

type Counts = Partial<Omit<DocumentMeasure, "readsSchema">> & { operations?: number; fragments?: number };

function firstExceeded(counts: Counts, limits: DocumentLimits): AnswerError | null {
  for (const [name, measured] of Object.entries(counts)) {
    const limit = `${name}Max` as keyof DocumentLimits;
    const allowed = limits[limit];
    if (typeof measured === "number" && measured > allowed) return exceeded(limit, { allowed, measured });
  }
  return null;
}

function countDefinitions(document: DocumentNode): { operations: number; fragments: number } {
  const count = (kind: Kind) => document.definitions.filter((definition) => definition.kind === kind).length;
  return { operations: count(Kind.OPERATION_DEFINITION), fragments: count(Kind.FRAGMENT_DEFINITION) };
}

function countTokens(query: string): { tokens: number; nesting: number } {
  const lexer = new Lexer(new Source(query));
  let tokens = 0;
  let open = 0;
  let nesting = 0;
  try {
    for (let kind = lexer.advance().kind; kind !== TokenKind.EOF; kind = lexer.advance().kind) {
      tokens++;
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L)
        nesting = Math.max(nesting, ++open);
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R)
        open--;
    }
  } catch {
    // Not lexable from here on. What was counted so far still bounds the parser, which stops at the same place.
  }
  return { tokens, nesting };
}
