/** What the parts of a running hub hold in memory: each process by its own pages, and what it says of its heap. */
import { readdirSync, readFileSync } from "node:fs";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";
import type { RunningHub } from "../hub/stacks";

/** Megabytes by part of the hub: resident memory that is not shared, and the heaps of Node's processes as V8 has them in use. */
export type Sample = Readonly<Record<string, number>>;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly megabytes: number;
}

const HEAP_USED = /^nodejs_heap_size_used_bytes (\S+)$/m;

function readProcess(pid: number): Process | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    return {
      pid,
      parent: Number(/^PPid:\s+(\d+)/m.exec(status)![1]),
      command: readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " "),
      // Pages of its own: of PostgreSQL's shared buffers each backend would count what it has touched.
      megabytes: Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1000,
    };
  } catch {
    return undefined; // It has ended meanwhile.
  }
}

function partOf({ command }: Process): string | undefined {
  if (/cli\/start\.js/.test(command)) return "gateway with joint";
  const department = /subgraphs\/(\w+)\/main\.js/.exec(command)?.[1];
  if (department) return department;
  return /postgres/.test(command) && !/\/bin\/sh/.test(command) ? "PostgreSQL" : undefined;
}

async function heapOf(port: number): Promise<number> {
  // A connection of its own: one that is kept would be closed by the hub in the very moment of the next sample.
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: "close" } });
  return Number(HEAP_USED.exec(await answer.text())![1]) / 1_000_000;
}

/** One sample of a hub. */
export async function sampleHub({ pid, port, env }: RunningHub): Promise<Sample> {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const all = new Map(
    ids
      .flatMap((id) => [readProcess(Number(id))].filter((one) => one !== undefined))
      .map((one) => [one.pid, one]),
  );
  const belongs = (one: Process | undefined): boolean =>
    one !== undefined && (one.pid === pid || belongs(all.get(one.parent)));
  const sample: Record<string, number> = {};
  for (const one of all.values()) {
    const part = belongs(one) ? partOf(one) : undefined;
    if (part) sample[part] = (sample[part] ?? 0) + one.megabytes;
  }
  sample["gateway heap"] = await heapOf(port);
  for (const department of FACT_DEPARTMENTS)
    sample[`${department.toLowerCase()} heap`] = await heapOf(Number(env[`${department}_PORT`]));
  return sample;
}
