/**
 * Answers a lookup of nothing but evidence as text, spliced from what the database wrote. A screening asks this of every
 * department about every enterprise of a city; executed field by field it costs the department several times as much. Any other
 * operation, and any representation that is not in order, is left to the executor, so that there is one place for what can go wrong.
 */
import {
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  GraphQLError,
  parse,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type EnterpriseKey, parseKey } from "./enterprise-key";
import { LENT_FIELDS, type LentField } from "./fact-table";
import type { LentFactsText } from "./read-evidence";

/** A lookup that can be answered as text: which variable holds the representations, and what is asked of each. */
interface Lookup {
  readonly variable: string;
  readonly fields: readonly string[];
  /** What of the evidence is asked for, and what of its facts. */
  readonly evidence: readonly string[];
  readonly facts: readonly LentField[];
}

/** What the desk needs of its department. */
export interface LendingDepartment {
  /** The field of `Enterprise` that lends, such as `taxEvidence`. */
  readonly field: string;
  /** Throws a HubError when the department cannot be asked. */
  readonly readEvidence: (
    keys: readonly EnterpriseKey[],
    fields: readonly LentField[],
  ) => Promise<readonly LentFactsText[]>;
}

/** An operation as it came over HTTP, nothing of it believed. */
export interface UncheckedOperation {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** Gives the JSON text of the answer; undefined when the executor has to answer. Errors are shown by `present`. */
export type LendEvidence = (
  operation: UncheckedOperation,
  present: (error: GraphQLError) => object,
) => Promise<string> | undefined;

const LOOKUPS_MAX = 100;
const ENTITY_FIELDS: ReadonlySet<string> = new Set(["creditCode", "asOf", "knownAt"]);
const EVIDENCE_FIELDS: ReadonlySet<string> = new Set(["status", "creditCode", "facts"]);
const FACT_FIELDS: ReadonlySet<string> = new Set(LENT_FIELDS);

/** The desk of a department. */
export function createLendingDesk(department: LendingDepartment): LendEvidence {
  const lookups = new LRUCache<string, { readonly lookup: Lookup | undefined }>({ max: LOOKUPS_MAX });

  function lookupOf(query: string): Lookup | undefined {
    const before = lookups.get(query);
    if (before) return before.lookup;
    const lookup = readLookupSafely(query, department.field);
    lookups.set(query, { lookup });
    return lookup;
  }

  return ({ query, operationName, variables }, present) => {
    if (typeof query !== "string" || (operationName ?? null) !== null) return undefined;
    const lookup = lookupOf(query);
    const keys = lookup && readKeys((variables as Bag | undefined)?.[lookup.variable]);
    if (!lookup || !keys) return undefined;
    return department.readEvidence(keys, lookup.facts).then(
      (facts) => writeAnswer(keys, facts, lookup),
      (error: unknown) => {
        const shown = present(new GraphQLError("", { originalError: error as Error }));
        const errors = keys.map((_, index) => ({ ...shown, path: ["_entities", index, department.field] }));
        return `${writeAnswer(keys, undefined, lookup).slice(0, -1)},"errors":${JSON.stringify(errors)}}`;
      },
    );
  };
}

type Bag = Readonly<Record<string, unknown>>;

/** Plain fields below a selection by name, each once; undefined when there is anything else. */
function plainFields(selectionSet: SelectionSetNode | undefined): ReadonlyMap<string, FieldNode> | undefined {
  const fields = new Map<string, FieldNode>();
  for (const selection of selectionSet?.selections ?? []) {
    const isPlain = selection.kind === "Field" && !selection.alias && !selection.directives?.length;
    if (!isPlain || fields.has(selection.name.value)) return undefined;
    fields.set(selection.name.value, selection);
  }
  return fields;
}

const isWithin = (fields: ReadonlyMap<string, FieldNode>, names: ReadonlySet<string>): boolean =>
  [...fields].every(([name, { selectionSet }]) => names.has(name) && !selectionSet);

/** What cannot be parsed is for the executor to refuse. */
function readLookupSafely(query: string, evidenceField: string): Lookup | undefined {
  try {
    return readLookup(query, evidenceField);
  } catch {
    return undefined;
  }
}

function readLookup(query: string, evidenceField: string): Lookup | undefined {
  const [operation, ...others] = parse(query, { noLocation: true }).definitions;
  const isQuery = operation?.kind === "OperationDefinition" && operation.operation === "query";
  if (!isQuery || operation.directives?.length || others.length > 0) return undefined;
  const variable = readVariable(operation);
  const [enterprise, ...otherTypes] =
    plainFields(operation.selectionSet)?.get("_entities")?.selectionSet?.selections ?? [];
  if (variable === undefined || enterprise?.kind !== "InlineFragment" || otherTypes.length > 0)
    return undefined;
  if (enterprise.typeCondition?.name.value !== "Enterprise" || enterprise.directives?.length)
    return undefined;
  const fields = plainFields(enterprise.selectionSet);
  const evidence = plainFields(fields?.get(evidenceField)?.selectionSet);
  const facts = plainFields(evidence?.get("facts")?.selectionSet);
  if (!fields || !evidence || !facts?.size) return undefined;
  const areOurs =
    isWithin(without(fields, evidenceField), ENTITY_FIELDS) &&
    isWithin(without(evidence, "facts"), EVIDENCE_FIELDS) &&
    isWithin(facts, FACT_FIELDS);
  return areOurs
    ? {
        variable,
        fields: [...fields.keys()],
        evidence: [...evidence.keys()],
        facts: [...facts.keys()] as LentField[],
      }
    : undefined;
}

/** The one variable of `query($name: [_Any!]!) { _entities(representations: $name) }`. */
function readVariable({ variableDefinitions, selectionSet }: OperationDefinitionNode): string | undefined {
  const [definition, ...others] = variableDefinitions ?? [];
  const [root] = selectionSet.selections;
  const [argument] = root?.kind === "Field" ? (root.arguments ?? []) : [];
  const isUsed =
    argument?.value.kind === "Variable" && argument.value.name.value === definition?.variable.name.value;
  const isOnly = selectionSet.selections.length === 1 && others.length === 0;
  return isOnly && isUsed && definition && !definition.defaultValue
    ? definition.variable.name.value
    : undefined;
}

function without(fields: ReadonlyMap<string, FieldNode>, name: string): ReadonlyMap<string, FieldNode> {
  return new Map([...fields].filter(([other]) => other !== name));
}

/** The keys of representations; undefined unless every one is in order. */
function readKeys(representations: unknown): readonly EnterpriseKey[] | undefined {
  if (!Array.isArray(representations) || representations.length === 0) return undefined;
  const keys: EnterpriseKey[] = [];
  for (const representation of representations as readonly (Bag | null)[]) {
    if (typeof representation !== "object" || representation?.["__typename"] !== "Enterprise")
      return undefined;
    try {
      keys.push(parseKey(representation));
    } catch {
      return undefined;
    }
  }
  return keys;
}

/** Without facts: the branch of each is null. Nothing that is written here needs an escape but what the database wrote. */
function writeAnswer(
  keys: readonly EnterpriseKey[],
  facts: readonly LentFactsText[] | undefined,
  { fields, evidence }: Lookup,
): string {
  let text = "";
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    const lent = facts ? writeEvidence(key, facts[index]!, evidence) : "null";
    let entity = "";
    for (const name of fields)
      entity += `${entity === "" ? "" : ","}"${name}":${isKeyField(name) ? writeKeyField(key, name) : lent}`;
    text += `${index === 0 ? "" : ","}{${entity}}`;
  }
  return `{"data":{"_entities":[${text}]}}`;
}

const isKeyField = (name: string): name is keyof EnterpriseKey => ENTITY_FIELDS.has(name);

function writeKeyField(key: EnterpriseKey, name: keyof EnterpriseKey): string {
  const value = key[name];
  return value === null ? "null" : `"${value}"`;
}

function writeEvidence(
  { creditCode }: EnterpriseKey,
  facts: LentFactsText,
  evidence: readonly string[],
): string {
  let text = "";
  for (const name of evidence) {
    if (text !== "") text += ",";
    // "Nothing on record" is an answer, not an absence.
    if (name === "status") text += facts === null ? `"status":"NONE_ON_RECORD"` : `"status":"ON_RECORD"`;
    else if (name === "creditCode") text += `"creditCode":"${creditCode}"`;
    else text += `"facts":${facts ?? "[]"}`;
  }
  return `{${text}}`;
}
