/** Ports are looked at before anything is started, so that a taken one is one line and not a crash half-way. */
import { createConnection, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 15;

/** A port of 127.0.0.1 and the variable that moves it. */
export interface PortUse {
  readonly port: number;
  readonly variable: string;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) =>
      probe.once("error", reject).listen({ port, host: "127.0.0.1" }, resolve),
    );
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

/** Throws one sentence that names the port and its variable when a port is taken, or wanted twice. */
export async function checkPorts(uses: readonly PortUse[]): Promise<void> {
  const seen = new Map<number, string>();
  for (const { port, variable } of uses) {
    if (port === 0) continue;
    const other = seen.get(port);
    if (other) throw new Error(`${variable} and ${other} are both ${port}`);
    seen.set(port, variable);
    if (!(await isFree(port))) throw new Error(`port ${port} is in use; set ${variable} to another one`);
  }
}

async function isAnswering(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  const answered = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  socket.destroy();
  return answered;
}

/** Waits until somebody listens on a port; false when `giveUp` says so first. */
export async function waitForPort(port: number, giveUp: () => boolean): Promise<boolean> {
  while (!giveUp()) {
    if (await isAnswering(port)) return true;
    await sleep(POLL_MS);
  }
  return false;
}
