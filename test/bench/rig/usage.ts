/** What processes and all their descendants have used: CPU of the ended ones included, memory at its highest. */
import { readdirSync, readFileSync } from "node:fs";

/** CPU of all together, memory of the largest one. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const TICKS_PER_SECOND = 100;

interface Process {
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

function readProcess(pid: string): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0;
    return {
      parent: Number(fields[1]),
      cpuSeconds: ticks / TICKS_PER_SECOND,
      peakMegabytes: Number(peak) / 1000,
    };
  } catch {
    return undefined; // It has ended meanwhile.
  }
}

/** The usage of these processes and their descendants so far. */
export function usageOf(roots: readonly number[]): Usage {
  const all = new Map<number, Process>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const read = readProcess(pid);
    if (read) all.set(Number(pid), read);
  }
  const belongs = (pid: number): boolean =>
    roots.includes(pid) || (all.has(pid) && belongs(all.get(pid)!.parent));
  const ours = [...all].filter(([pid]) => belongs(pid)).map(([, process]) => process);
  return {
    cpuSeconds: ours.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMegabytes: Math.max(0, ...ours.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
