/** The bench's side of the rig: each call is a message and its reply. */
import { join } from "node:path";
import type { RigCalls, RigReply } from "./protocol";
import { RIG_CORE, startOnCore } from "./processes";

export type Rig = {
  [Name in keyof RigCalls]: (...argument: Parameters<RigCalls[Name]>) => Promise<ReturnType<RigCalls[Name]>>;
} & { readonly pid: number; stop(): void };

/** Starts the rig on core 1. */
export function startRig(): Rig {
  const child = startOnCore(RIG_CORE, [join(__dirname, "main.js")], {});
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on("message", ({ id, value, error }: RigReply) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value as never);
    else caller?.reject(new Error(`rig: ${error}`));
  });
  child.on("exit", (status) => {
    for (const { reject } of waiting.values()) reject(new Error(`the rig ended with exit status ${status}`));
  });
  const call = (name: keyof RigCalls) => (argument?: unknown) =>
    new Promise<never>((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      child.send({ id: lastId, call: name, argument });
    });
  return {
    open: call("open"),
    delay: call("delay"),
    learn: call("learn"),
    requests: call("requests"),
    agree: call("agree"),
    load: call("load"),
    once: call("once"),
    pid: child.pid!,
    stop: () => void child.disconnect(),
  };
}
