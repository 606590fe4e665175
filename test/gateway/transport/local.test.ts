/** A subgraph in this process: values as they are, the same deadlines as everywhere. */
import type { RequestContext, SubgraphRequest } from "../../../gateway/engine/contract";
import { createLocalTransport } from "../../../gateway/transport/local";

const request: SubgraphRequest = {
  query: "{ok}",
  variables: { x: 1 },
  variablesJson: "{}",
  isMutation: false,
};

function context(): RequestContext {
  return { requestId: "r", deadlineAt: performance.now() + 5_000, attributes: { caller: "everybody" } };
}

test("request and context arrive as they are, and so does the answer", async () => {
  const answer = { data: { ok: true } };
  const given = context();
  const transport = createLocalTransport({
    execute: async (asked, told) => (expect([asked, told]).toEqual([request, given]), answer),
  });
  expect(transport.takesValues).toBe(true);
  expect(await transport.send(request, given)).toBe(answer);
});

test("a subgraph that hangs is given up", async () => {
  const transport = createLocalTransport({ execute: () => new Promise(() => undefined) }, { timeoutMs: 40 });
  await expect(transport.send(request, context())).rejects.toMatchObject({ reason: "timeout" });
});

test("a request whose time is over is not begun", async () => {
  const execute = jest.fn();
  const late = { ...context(), deadlineAt: performance.now() - 1 };
  await expect(createLocalTransport({ execute }).send(request, late)).rejects.toMatchObject({
    reason: "timeout",
  });
  expect(execute).not.toHaveBeenCalled();
});

test.each([
  ["rejects", () => Promise.reject(new Error("no"))],
  [
    "throws",
    (): Promise<never> => {
      throw new Error("no");
    },
  ],
])("a subgraph that %s is no answer", async (_name, execute) => {
  const transport = createLocalTransport({ execute });
  await expect(transport.send(request, context())).rejects.toMatchObject({ reason: "unreachable" });
});
