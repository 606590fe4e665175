/** Opens worlds: subgraphs on the rig, their supergraph in a file, candidates started on it. */
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCandidate, type Candidate, type RunningCandidate } from "./candidates/candidate";
import type { Bench } from "./measures/measure";
import type { Rig } from "./rig/control";
import { composeSupergraph } from "./world/city";
import { WORLDS } from "./world/worlds";

export interface WorldOpener extends Pick<Bench, "openWorld" | "startBeside"> {
  readonly stop: () => Promise<void>;
}

const NOBODY = "http://127.0.0.1:9/graphql";

/** The candidates of one world are stopped before the next is opened. */
export function createWorldOpener(rig: Rig): WorldOpener {
  let running: RunningCandidate[] = [];
  let files: string[] = [];
  let urls: Readonly<Record<string, string>> = {};

  async function stop(): Promise<void> {
    await Promise.all(running.map((candidate) => candidate.stop()));
    for (const file of files) rmSync(file, { force: true });
    running = [];
    files = [];
  }

  async function startBeside(
    world: string,
    candidates: readonly Candidate[],
  ): Promise<readonly RunningCandidate[]> {
    const supergraphFile = join(tmpdir(), `bench-${process.pid}-${world}.graphql`);
    const services = WORLDS[world]!().map(({ name, sdl }) => ({ name, sdl, url: urls[name] ?? NOBODY }));
    files.push(supergraphFile);
    writeFileSync(supergraphFile, composeSupergraph(services));
    const started: RunningCandidate[] = [];
    for (const candidate of candidates) {
      started.push(await startCandidate(candidate, { supergraphFile, subgraphs: urls }));
      running.push(started.at(-1)!);
    }
    return started;
  }

  async function openWorld(
    world: string,
    candidates: readonly Candidate[],
  ): Promise<readonly RunningCandidate[]> {
    await stop();
    const ports = Object.entries(await rig.open(world));
    urls = Object.fromEntries(ports.map(([name, port]) => [name, `http://127.0.0.1:${port}/graphql`]));
    return startBeside(world, candidates);
  }

  return { openWorld, startBeside, stop };
}
