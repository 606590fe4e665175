/**
 * The features that a supergraph links (`@link`, or `@core` of old) and the names that their directives go by in it. Subgraphs may
 * import `@inaccessible` as `@hidden`, and composers keep that name; planner and gateway know directives by their standard names.
 */
import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode, visit } from "graphql";

/** One feature, such as `policy`, for the last part of `https://specs.apollo.dev/policy/v0.1`. */
interface Feature {
  readonly url: string;
  readonly name: string;
  /** What it is needed for: SECURITY or EXECUTION; a feature without a purpose may be ignored. */
  readonly purpose: string | undefined;
  /** What its directive of its own name is called here. */
  readonly directive: string;
}

/** The directives that say what may be seen, and by whom. */
export const PROTECTING_DIRECTIVES: ReadonlySet<string> = new Set([
  "inaccessible",
  "authenticated",
  "requiresScopes",
  "policy",
]);

/** Those that are served, or that change nothing of what is answered. */
const SERVED: ReadonlySet<string> = new Set([
  ...PROTECTING_DIRECTIVES,
  "link",
  "core",
  "join",
  "tag",
  "cost",
  "cacheTag",
]);

/**
 * The supergraph with the directives that protect under their standard names; what somebody else called so is left out. Throws
 * when it needs a feature for its security or execution that is not served: to go without would answer otherwise than it says.
 */
export function standardise(supergraph: DocumentNode): DocumentNode {
  const features = readFeatures(supergraph);
  const unserved = features.find(({ name, purpose }) => purpose !== undefined && !SERVED.has(name));
  if (unserved)
    throw new Error(
      `The supergraph needs ${unserved.url} for its ${unserved.purpose?.toLowerCase()}, which this gateway does not serve; it is refused.`,
    );
  const renamed = features.filter(
    ({ name, directive }) => PROTECTING_DIRECTIVES.has(name) && name !== directive,
  );
  return renamed.length === 0 ? supergraph : renameBack(supergraph, renamed);
}

function readFeatures({ definitions }: DocumentNode): readonly Feature[] {
  return definitions.flatMap((definition) => {
    const isSchema = definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION;
    return isSchema ? (definition.directives ?? []).flatMap(readFeature) : [];
  });
}

function readFeature(link: ConstDirectiveNode): readonly Feature[] {
  const valueOf = (name: string) => link.arguments?.find((argument) => argument.name.value === name)?.value;
  const url = textOf(valueOf("url")) ?? textOf(valueOf("feature"));
  const name = /\/(\w+)\/v[\d.]+$/.exec(url ?? "")?.[1];
  if (url === undefined || name === undefined) return [];
  const purpose = valueOf("for");
  return [
    {
      url,
      name,
      purpose: purpose?.kind === Kind.ENUM ? purpose.value : undefined,
      directive: importedAs(valueOf("import"), name) ?? textOf(valueOf("as")) ?? name,
    },
  ];
}

const textOf = (value: ConstValueNode | undefined): string | undefined =>
  value?.kind === Kind.STRING ? value.value : undefined;

/** The name that `import: ["@policy"]` or `import: [{ name: "@policy", as: "@rule" }]` gives the directive. */
function importedAs(imports: ConstValueNode | undefined, name: string): string | undefined {
  for (const item of imports?.kind === Kind.LIST ? imports.values : []) {
    if (textOf(item) === `@${name}`) return name;
    if (item.kind !== Kind.OBJECT) continue;
    const field = (key: string) => textOf(item.fields.find((one) => one.name.value === key)?.value);
    if (field("name") === `@${name}`) return (field("as") ?? `@${name}`).slice(1);
  }
  return undefined;
}

function renameBack(supergraph: DocumentNode, renamed: readonly Feature[]): DocumentNode {
  const names = new Map(renamed.map(({ name, directive }) => [directive, name]));
  const taken = new Set(names.values());
  const rename = <Node extends { readonly name: { readonly value: string } }>(node: Node) => {
    const standard = names.get(node.name.value);
    if (standard !== undefined) return { ...node, name: { kind: Kind.NAME, value: standard } };
    return taken.has(node.name.value) ? null : undefined;
  };
  return visit(supergraph, { Directive: rename, DirectiveDefinition: rename });
}
