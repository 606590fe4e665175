/** Where an error of a subgraph is told, and in whose words. */
import { answering, creditFederation } from "./credit-federation";

test("a subgraph's error is placed where its entity stands", async () => {
  const federation = creditFederation();
  federation.faults.set("tax", async (respond) => {
    const { data } = await respond();
    const entities = data?.["_entities"] as unknown[];
    return {
      data: { _entities: [entities[0], { ...(entities[1] as object), dues: null }, entities[2]] },
      errors: [
        {
          message: "Two notices contradict each other.",
          path: ["_entities", 1, "dues", "arrears"],
          extensions: { code: "CONFLICT", stacktrace: undefined },
        },
      ],
    };
  });
  const { data, errors } = await federation.ask(`{ list: enterprises { code dues: tax { arrears } } }`);
  expect(data).toMatchObject({ list: [{ dues: { arrears: 0 } }, { dues: null }, { dues: { arrears: 0 } }] });
  expect(errors).toMatchObject([
    {
      message: "Two notices contradict each other.",
      path: ["list", 1, "dues", "arrears"],
      extensions: { code: "CONFLICT" },
    },
  ]);
});

test("an error about an answer as a whole has no path: the root is no field", async () => {
  const federation = creditFederation();
  federation.faults.set("joint", answering({ data: null, errors: [{ message: "syntax" }] }));
  const { data, errors } = await federation.ask(`{ enterprises { name } }`);
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message: "The subgraph 'joint' could not answer this.",
      extensions: { code: "DOWNSTREAM_SERVICE_ERROR", service: "joint" },
    },
  ]);
});

test("an error with a code that is not public is masked", async () => {
  const federation = creditFederation();
  federation.faults.set(
    "tax",
    answering({
      data: { _entities: [{ code: "A", tax: null }] },
      errors: [
        { message: "password=1", path: ["_entities", 0, "tax"], extensions: { code: "E1", stack: "at x" } },
      ],
    }),
  );
  const { errors } = await federation.ask(`{ enterprise(code: "A") { tax { arrears } } }`);
  expect(errors).toEqual([
    {
      message: "The subgraph 'tax' could not answer this.",
      path: ["enterprise", "tax"],
      extensions: { code: "DOWNSTREAM_SERVICE_ERROR", service: "tax" },
    },
  ]);
});

test("an error about a whole lookup is told at every place that it leaves empty", async () => {
  const federation = creditFederation();
  federation.faults.set("tax", answering({ data: null, errors: [{ message: "no" }] }));
  const { data, errors } = await federation.ask(
    `{ one: enterprise(code: "A") { tax { arrears } } other: enterprise(code: "B") { tax { arrears } } }`,
  );
  expect(data).toEqual({ one: { tax: null }, other: { tax: null } });
  expect(errors?.map(({ path }) => path?.[0]).sort()).toEqual(["one", "other"]);
});

test("an error about one entity does not hide that the others are missing too", async () => {
  const federation = creditFederation();
  const errors = [{ message: "no", path: ["_entities", 0, "tax"] }];
  federation.faults.set("tax", answering({ data: null, errors }));
  const answer = await federation.ask("{ enterprises { tax { arrears } } }");
  expect(answer.data).toEqual({ enterprises: [{ tax: null }, { tax: null }, { tax: null }] });
  expect(new Set(answer.errors?.map(({ path }) => path?.[1]))).toEqual(new Set([0, 1, 2]));
});
