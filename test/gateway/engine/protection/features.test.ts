/** What a supergraph calls its directives, and what it needs, is taken from its links. */
import { createEngine, type Engine } from "../../../../gateway/engine/engine";
import type { EngineOptions } from "../../../../gateway/engine/options";
import { composeSupergraph, testContext, type TestAnswer } from "../federate";

const supergraph = composeSupergraph({
  tax: {
    typeDefs: `type Query { open: Int hidden: Int @inaccessible secret: Int @authenticated ruled: Int @policy(policies: [["a"]]) }`,
  },
});

/** The supergraph with a directive under another name, as a composer writes it that keeps the names of the subgraphs. */
function rename(name: string, other: string, how: "import" | "as"): string {
  const link = new RegExp(`(url: "https://specs.apollo.dev/${name}/v[\\d.]+"), for: SECURITY`);
  expect(supergraph).toMatch(link);
  const says = how === "as" ? `as: "${other}"` : `import: [{ name: "@${name}", as: "@${other}" }]`;
  return supergraph.replaceAll(new RegExp(`@${name}\\b`, "g"), `@${other}`).replace(link, `$1, ${says}`);
}

function open(supergraphSdl: string, options: Partial<EngineOptions> = {}): Engine {
  const send = () => Promise.reject(new Error("nobody is asked"));
  return createEngine({
    supergraphSdl,
    transports: () => ({ takesValues: false, readsBytes: false, send, close: async () => {} }),
    ...options,
  });
}
const deniesAll: Partial<EngineOptions> = { enforcement: { allows: () => false } };

describe.each(["import", "as"] as const)("a directive that goes by another name (%s)", (how) => {
  test.each([
    ["authenticated", "secret"],
    ["policy", "ruled"],
  ])("protects as @%s does", async (name, field) => {
    const sdl = rename(name, "guarded", how);
    expect(() => open(sdl)).toThrow(`Query.${field}`);
    const { json } = await open(sdl, deniesAll).execute({ query: `{ ${field} }` }, testContext());
    const { data, errors } = JSON.parse(json) as TestAnswer;
    expect(data).toEqual({ [field]: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  });

  test("hides as @inaccessible does", () => {
    const { apiSdl } = open(rename("inaccessible", "unseen", how), deniesAll);
    expect(apiSdl).toContain("secret");
    expect(apiSdl).not.toContain("hidden");
  });

  test("protects also where its standard name is somebody else's, which then protects nothing", () => {
    const sdl = rename("authenticated", "guarded", how).replace("open: Int", "open: Int @authenticated");
    const stranger = "directive @authenticated on FIELD_DEFINITION";
    expect(() => open(`${sdl}\n${stranger}`)).toThrow("protects Query.secret, Query.ruled;");
  });
});

test.each([
  ["context/v0.1", "SECURITY"],
  ["connect/v0.1", "EXECUTION"],
])(
  "a supergraph that needs what is not served (%s) is refused: it would be answered wrongly",
  (spec, need) => {
    const link = `@link(url: "https://specs.apollo.dev/${spec}", for: ${need})`;
    const sdl = supergraph.replace(/^schema/m, `schema ${link}`);
    expect(() => open(sdl, deniesAll)).toThrow(`The supergraph needs https://specs.apollo.dev/${spec}`);
  },
);

test("a feature that is for nothing is left alone", () => {
  const sdl = supergraph.replace(/^schema/m, `schema @link(url: "https://example.org/colours/v1.0")`);
  expect(open(sdl, deniesAll).apiSdl).toContain("secret");
});
