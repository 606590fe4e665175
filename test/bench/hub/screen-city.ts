/** Screens a whole city with the hub's own command and watches what it costs. */
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import type { Row } from "../measures/measure";
import { ANY_CORE, endOf, startOnCore } from "../rig/processes";
import { usageOf } from "../rig/usage";
import { AS_OF } from "./contest";
import { hubFlags, type RunningHub } from "./stacks";

const command = join(repositoryRoot, "dist", "gateway", "cli", "main.js");
const WATCH_MS = 200;

/** What a screening cost: everybody's CPU, and the memory of the largest process. */
export interface ScreeningCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** What a screening of so many enterprises cost, as a row. */
export function toCostRow(
  title: string,
  enterprises: number,
  { seconds, cpuSeconds, peakMegabytes }: ScreeningCost,
): Row {
  const figures = {
    seconds,
    enterprisesPerSecond: enterprises / seconds,
    cpuMsPerEnterprise: (cpuSeconds * 1000) / enterprises,
    peakMegabytes,
  };
  return { id: title, title, figures };
}

/** Runs `hub screen --all` beside a running hub. Throws when it does not finish. */
export async function screenCity({ pid, env }: RunningHub): Promise<ScreeningCost> {
  const out = join(dirname(env["HUB_DATA_DIR"]!), "screened.csv");
  const before = usageOf([pid]);
  const startedAt = performance.now();
  const args = [command, "screen", "--purpose", "LOAN", "--all", "--as-of", AS_OF, "--out", out];
  const child = startOnCore(ANY_CORE, [...hubFlags, ...args], env);
  const end = endOf(child);
  let last = before;
  let isOver = false;
  void end.then(() => (isOver = true));
  while (!isOver) {
    const now = usageOf([pid, child.pid!]);
    if (now.cpuSeconds >= last.cpuSeconds) last = now;
    await Promise.race([end, sleep(WATCH_MS)]);
  }
  if ((await end) !== 0) throw new Error("the screening did not finish");
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: last.cpuSeconds - before.cpuSeconds,
    peakMegabytes: last.peakMegabytes,
  };
}
