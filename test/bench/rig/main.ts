/** The rig: subgraphs and callers in one process, so that the gateway has the other core to itself. */
import { isDeepStrictEqual } from "node:util";
import { WORKLOADS, WORLDS } from "../world/worlds";
import { startCannedSubgraph, type CannedSubgraph } from "./canned-subgraph";
import { askOnce, runLoad, type LoadOrder } from "./load";
import type { RigMessage, RigReply } from "./protocol";

const subgraphs = new Map<string, CannedSubgraph>();
const expected = new Map<string, readonly unknown[]>();

const bodiesOf = (workload: string): readonly string[] => WORKLOADS.get(workload)!.bodies;

async function open(world: string): Promise<Record<string, number>> {
  for (const subgraph of subgraphs.values()) subgraph.close();
  subgraphs.clear();
  for (const { name, buildSchema } of WORLDS[world]!())
    if (buildSchema) subgraphs.set(name, await startCannedSubgraph(buildSchema()));
  return Object.fromEntries([...subgraphs].map(([name, { port }]) => [name, port]));
}

async function agree(port: number, workload: string): Promise<{ readonly firstDifference: string | null }> {
  const answers: unknown[] = [];
  for (const body of bodiesOf(workload)) answers.push((await askOnce(port, body)).answer);
  const wanted = expected.get(workload) ?? answers;
  expected.set(workload, wanted);
  const at = answers.findIndex(
    (answer, index) => !isDeepStrictEqual(answer, wanted[index]) || !hasData(answer),
  );
  const difference = () => `${JSON.stringify(answers[at])} instead of ${JSON.stringify(wanted[at])}`;
  return { firstDifference: at < 0 ? null : difference() };
}

const hasData = (answer: unknown): boolean =>
  Boolean((answer as { data?: unknown } | undefined)?.data) && !(answer as { errors?: unknown }).errors;

function runOrder(order: Omit<LoadOrder, "bodies"> & { readonly workload: string }) {
  return runLoad({ ...order, bodies: bodiesOf(order.workload) }, expected.get(order.workload) ?? []);
}

function carryOut(message: RigMessage): unknown {
  switch (message.call) {
    case "open":
      return open(message.argument);
    case "delay":
      for (const [name, milliseconds] of Object.entries(message.argument))
        subgraphs.get(name)!.setDelay(milliseconds);
      return undefined;
    case "learn":
      WORKLOADS.set(message.argument.name, message.argument);
      return undefined;
    case "requests":
      return Object.fromEntries([...subgraphs].map(([name, subgraph]) => [name, subgraph.takeRequests()]));
    case "agree":
      return agree(message.argument.port, message.argument.workload);
    case "load":
      return runOrder(message.argument);
    case "once":
      return askOnce(message.argument.port, message.argument.body);
  }
}

process.on("message", (message: RigMessage) => {
  const reply = (rest: Omit<RigReply, "id">) => process.send!({ id: message.id, ...rest });
  Promise.resolve()
    .then(() => carryOut(message))
    .then(
      (value) => reply({ value }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
});
process.on("disconnect", () => process.exit(0));
