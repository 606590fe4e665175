/** What a measure is, and what comes of it: a table of figures and the bars it was held to. */
import type { Candidate, RunningCandidate } from "../candidates/candidate";
import type { Rig } from "../rig/control";

/** The settings of one run of the bench. */
export interface Pace {
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

/** What a measure works with. */
export interface Bench {
  readonly rig: Rig;
  readonly pace: Pace;
  /** Which candidates take part; those a measure does not know of are left out. */
  readonly candidates: readonly Candidate[];
  /** How long a measure runs that watches instead of racing. */
  readonly minutes: number;
  /** Starts a world's subgraphs, composes them, and starts the candidates on the supergraph, one after the other. */
  openWorld(world: string, candidates: readonly Candidate[]): Promise<readonly RunningCandidate[]>;
  /** Starts more candidates on the subgraphs that are open, with a smaller world's supergraph. */
  startBeside(world: string, candidates: readonly Candidate[]): Promise<readonly RunningCandidate[]>;
}

/** One line of a measure's table; figures by column. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly figures: Readonly<Record<string, number>>;
}

export interface Bar {
  readonly text: string;
  readonly wanted: number;
  readonly measured: number;
  readonly met: boolean;
}

export interface MeasureResult {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly bars: readonly Bar[];
  /** What a reader must know to judge the figures. */
  readonly notes?: readonly string[];
}

export interface Measure {
  readonly id: string;
  readonly summary: string;
  /** Left out of a run of every measure: it is asked for by its name. */
  readonly isLong?: boolean;
  readonly run: (bench: Bench) => Promise<readonly MeasureResult[]>;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** A bar that the measured value must reach. */
export const atLeast = (text: string, wanted: number, measured: number): Bar => ({
  text,
  wanted,
  measured: rounded(measured),
  met: measured >= wanted,
});

/** A bar that the measured value must not pass. */
export const atMost = (text: string, wanted: number, measured: number): Bar => ({
  text,
  wanted,
  measured: rounded(measured),
  met: measured <= wanted,
});

/** The middle one of the values; of an even number, the lower of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? NaN;
