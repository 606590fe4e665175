/** How many decisions a second one core makes with a policy of 60 rows, with and without the trace that explains them. */
import type { CompiledTable, Input, TableResult, Value } from "../../../subgraphs/joint/policy/contract";
import { compilePolicy, drawFacts, type PolicyTables } from "../world/policy-of-60-rows";
import { atLeast, median, type Bench, type Measure, type MeasureResult } from "./measure";

const ENTERPRISES = 4096;

/** What a table said, as the assessment keeps it. */
interface TraceStep {
  readonly table: string;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly rows: readonly {
    readonly id: string;
    readonly legalBasis: string;
    readonly outputs: Readonly<Record<string, Value>>;
  }[];
  readonly possible: readonly string[];
  readonly aggregate?: number | null;
}

/** Asks one table; a trace is kept if there is somewhere to keep it. */
type Ask = (table: CompiledTable, inputs: readonly Input[]) => TableResult;

export const policyMeasure: Measure = {
  id: "policy",
  summary: "decisions a second with a policy of 60 rows, on one core",
  run: async ({ pace }: Bench): Promise<readonly MeasureResult[]> => {
    const tables = compilePolicy();
    const known = drawFacts(ENTERPRISES, { silentShare: 0 });
    const silent = drawFacts(ENTERPRISES, { silentShare: 0.2 });
    const plain: Ask = (table, inputs) => table.evaluate(inputs);
    const figures = [
      {
        id: "plain",
        title: "without trace",
        perSecond: measure(tables, known, { ...pace, ask: () => plain }),
      },
      {
        id: "trace",
        title: "with the full trace",
        perSecond: measure(tables, known, { ...pace, ask: tracing }),
      },
      {
        id: "silent",
        title: "one input in five unknown, full trace",
        perSecond: measure(tables, silent, { ...pace, ask: tracing }),
      },
    ];
    const rows = figures.map(({ id, title, perSecond }) => ({
      id,
      title,
      figures: { "decisions/s": perSecond },
    }));
    const bars = [
      atLeast("decisions/s without trace", 300_000, figures[0]!.perSecond),
      atLeast("decisions/s with the full trace", 150_000, figures[1]!.perSecond),
    ];
    const notes = ["Decisions a second of CPU time, garbage collection included."];
    return [{ title: "Policy of 60 rows in four tables, one core", rows, bars, notes }];
  },
};

/** The four tables in their order: grounds and points, the grade that follows from them, the outcome that follows from all. */
function decide(tables: PolicyTables, facts: readonly Input[], ask: Ask): TableResult {
  const grounds = ask(tables.grounds, facts);
  const points = ask(tables.points, facts);
  const sum: Input = points.aggregateBounds
    ? { unknown: true, ...points.aggregateBounds }
    : (points.aggregate ?? 0);
  const graded = ask(tables.grade, [sum]);
  const grade: Input = oneOutput(graded);
  const listed: Input =
    grounds.possible.length > 0 && grounds.rows.length === 0
      ? { unknown: true, among: [0, 1] }
      : Math.min(grounds.rows.length, 1);
  return ask(tables.outcome, [listed, grade, facts[0]!, facts[3]!]);
}

function oneOutput({ rows, possible, mayBeNone }: TableResult): Input {
  if (rows[0]) return rows[0].outputs[0]!;
  const among = possible.map((row) => row.outputs[0]!);
  return possible.length === 0 ? null : { unknown: true, among: mayBeNone ? [...among, null] : among };
}

function tracing(): Ask {
  const trace: TraceStep[] = [];
  return (table, inputs) => {
    const { rows, possible, aggregate, ...rest } = table.evaluate(inputs);
    const given: Record<string, Input> = {};
    for (let at = 0; at < inputs.length; at++) given[table.inputs[at]!.name] = inputs[at]!;
    const shown = rows.map(({ id, legalBasis, outputs }) => {
      const named: Record<string, Value> = {};
      for (let at = 0; at < outputs.length; at++) named[table.outputs[at]!.name] = outputs[at]!;
      return { id, legalBasis, outputs: named };
    });
    trace.push({
      table: table.name,
      inputs: given,
      rows: shown,
      possible: possible.map((row) => row.id),
      aggregate,
    });
    return { rows, possible, aggregate, ...rest };
  };
}

interface Timing {
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly ask: () => Ask;
}

function measure(
  tables: PolicyTables,
  facts: readonly (readonly Input[])[],
  { rounds, roundMs, warmUpMs, ask }: Timing,
): number {
  // Counted in this process's CPU time: what one core does, whatever else the machine is busy with.
  const cpuMs = (since?: NodeJS.CpuUsage) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };
  const round = (durationMs: number): number => {
    const start = process.cpuUsage();
    let made = 0;
    while (cpuMs(start) < durationMs) {
      for (const one of facts) decide(tables, one, ask());
      made += facts.length;
    }
    return (made / cpuMs(start)) * 1000;
  };
  round(warmUpMs);
  return median(Array.from({ length: rounds }, () => round(roundMs)));
}
