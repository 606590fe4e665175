/** What the bench asks of the rig: the process on the other core that is all subgraphs and all callers. */
import type { Workload } from "../world/operations";
import type { LoadOrder, LoadResult } from "./load";

export interface RigCalls {
  /** Starts a world's subgraphs and gives their ports by name. */
  open(world: string): Record<string, number>;
  /** Delays every answer of the named subgraphs. */
  delay(milliseconds: Record<string, number>): void;
  /** Requests that each subgraph got since the last call. */
  requests(): Record<string, number>;
  /** Teaches the rig a workload that it does not know from `worlds.ts`. */
  learn(workload: Workload): void;
  /** Asks every body once; the first candidate's answers become what is expected of the rest. */
  agree(order: { readonly port: number; readonly workload: string }): {
    readonly firstDifference: string | null;
  };
  load(order: Omit<LoadOrder, "bodies"> & { readonly workload: string }): LoadResult;
  /** One request on a connection of its own. */
  once(order: { readonly port: number; readonly body: string }): {
    readonly answer: unknown;
    readonly tookMs: number;
  };
}

export type RigMessage = {
  [Name in keyof RigCalls]: {
    readonly id: number;
    readonly call: Name;
    readonly argument: Parameters<RigCalls[Name]>[0];
  };
}[keyof RigCalls];

export interface RigReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
