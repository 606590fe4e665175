/** Whatever is asked, the federation answers as one schema would: data, nulls and the places of errors. */
import fc from "fast-check";
import { execute, parse, validate } from "graphql";
import { federate, type TestAnswer, type TestTransports } from "../federate";
import { drawOperation, type DrawnOperation } from "./generate";
import { oneSchema, shop } from "./world";

/** `DIFFERENTIAL_RUNS=10000` for the full run; a start of it goes with every check. */
const runs = Number(process.env["DIFFERENTIAL_RUNS"] ?? 300);

/** Where an error shows: the first null on its path. Errors that end at one null count as one. */
function nulledPlaces(answer: TestAnswer): readonly string[] {
  const places = new Set<string>();
  for (const { path = [] } of answer.errors ?? []) {
    let value: unknown = answer.data;
    let depth = 0;
    while (value !== null && value !== undefined && depth < path.length)
      value = (value as Record<string | number, unknown>)[path[depth++]!];
    places.add(value === null ? path.slice(0, depth).join(".") : `${path.join(".")} is not null`);
  }
  return [...places].sort();
}

describe.each<[string, TestTransports]>([
  ["texts", {}],
  ["texts that are all parsed", { readsBytes: false }],
  ["values", { takesValues: true }],
])("a federation of four subgraphs that are asked by %s", (_name, transports) => {
  const federation = federate(shop, { ...transports, subgraphErrors: { publicCodes: ["CONFLICT"] } });
  const schema = oneSchema(federation.engine.apiSdl);

  async function compare({ query, variables }: DrawnOperation): Promise<void> {
    const document = parse(query);
    fc.pre(validate(schema, document).length === 0);
    const expected = (await execute({
      schema,
      document,
      variableValues: variables,
    })) as unknown as TestAnswer;
    const wanted = JSON.parse(JSON.stringify(expected)) as TestAnswer;
    const given = await federation.ask(query, variables);
    expect(given.data).toEqual(wanted.data);
    // What a subgraph failed to give for `shipping` is told, though nothing that was asked for is null because of it.
    const isTold = (place: string) => !(query.includes("shipping") && place.endsWith("is not null"));
    expect(nulledPlaces(given).filter(isTold)).toEqual(nulledPlaces(wanted));
    for (const { message, extensions } of given.errors ?? []) {
      // A subgraph that breaks its own schema is not quoted.
      expect(message).toMatch(/^(No \w+ of|Cannot return null|The subgraph '\w+' could not answer this\.$)/);
      expect(extensions.code).toMatch(/^(CONFLICT|DOWNSTREAM_SERVICE_ERROR)$/);
    }
  }

  test("answers as one schema does", async () => {
    const property = fc.asyncProperty(fc.gen(), (draw) => compare(drawOperation(schema, draw)));
    await fc.assert(property, {
      numRuns: Object.keys(transports).length > 0 ? Math.ceil(runs / 3) : runs,
      seed: 20261123,
      endOnFailure: true,
    });
  }, 600_000);
});
