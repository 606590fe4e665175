/**
 * What can be said of a table without running it: inputs that no row answers, rows that match together though their hit policy
 * forbids it, rows that never decide. Where the search would take too long, or a cell depends on other inputs, that is said.
 */
import type { Finding, Row, Value } from "../contract";
import { isSingleHit } from "./hit-policy";
import { gapRegion, rowRegion, searchUncovered, type Region } from "./coverage";
import { positionsOf } from "./reach";
import type { TableModel } from "./table-model";

/** More overlaps than these are not listed one by one. */
const OVERLAPS_MAX = 50;

/** Checks a table whose cells are in order. */
export function checkTable(model: TableModel): readonly Finding[] {
  const { hitPolicy } = model;
  const gaps = isSingleHit(hitPolicy) ? findGap(model) : [];
  const overlaps = hitPolicy === "UNIQUE" || hitPolicy === "ANY" ? findOverlaps(model) : [];
  const unreachable = hitPolicy === "FIRST" || hitPolicy === "PRIORITY" ? findUnreachable(model) : [];
  return [...gaps, ...overlaps, ...unreachable];
}

function findGap(model: TableModel): Finding[] {
  const everyRow = (1n << BigInt(model.ordered.length)) - 1n;
  const region = gapRegion(model);
  const certain = searchUncovered(region, everyRow & ~dependentRows(model));
  if (certain === "COVERED") return [];
  const generous = dependentRows(model) === 0n ? certain : searchUncovered(region, everyRow);
  if (generous === "GAVE_UP" || certain === "GAVE_UP") {
    return [
      { kind: "NOT_PROVEN", rows: [], message: "whether a row answers every input: too many combinations" },
    ];
  }
  if (generous === "COVERED") {
    const message = "whether a row answers every input: cells depend on other inputs";
    return [{ kind: "NOT_PROVEN", rows: [], message }];
  }
  return [
    {
      kind: "GAP",
      rows: [],
      message: "no row answers these inputs",
      example: exampleOf(model, region, generous),
    },
  ];
}

function findOverlaps(model: TableModel): Finding[] {
  const dependent = dependentRows(model);
  const findings: Finding[] = [];
  for (let left = 0; left < model.ordered.length && findings.length < OVERLAPS_MAX; left++) {
    const together = rowRegion(model, left).reduce(
      (rows, classes) => rows & classes.reduce((all, one) => all | one.rows, 0n),
      -1n << BigInt(left + 1),
    );
    const others = positionsOf(together & ((1n << BigInt(model.ordered.length)) - 1n));
    for (const right of others.filter((other) => clash(model, model.ordered[left]!, model.ordered[other]!))) {
      findings.push(
        describeOverlap(
          model,
          [left, right],
          ((dependent >> BigInt(left)) | (dependent >> BigInt(right))) & 1n,
        ),
      );
    }
  }
  return findings;
}

function clash(model: TableModel, left: Row, right: Row): boolean {
  return model.hitPolicy === "UNIQUE" || JSON.stringify(left.outputs) !== JSON.stringify(right.outputs);
}

function describeOverlap(model: TableModel, pair: readonly [number, number], dependent: bigint): Finding {
  const rows = pair.map((position) => model.ordered[position]!.id);
  if (dependent === 1n) {
    return {
      kind: "NOT_PROVEN",
      rows,
      message: "whether the rows exclude each other: a cell depends on other inputs",
    };
  }
  const both = (1n << BigInt(pair[0])) | (1n << BigInt(pair[1]));
  const region = rowRegion(model, pair[0]);
  const chosen = region.map((classes) => classes.findIndex((one) => (one.rows & both) === both));
  const why = model.hitPolicy === "ANY" ? "match together with different outputs" : "match together";
  return {
    kind: "OVERLAP",
    rows,
    message: `${model.hitPolicy}: the rows ${why}`,
    example: exampleOf(model, region, chosen),
  };
}

function findUnreachable(model: TableModel): Finding[] {
  const dependent = dependentRows(model);
  return model.ordered.flatMap(({ id }, position): Finding[] => {
    const before = ((1n << BigInt(position)) - 1n) & ~dependent;
    const found = before === 0n ? [] : searchUncovered(rowRegion(model, position), before);
    if (found === "COVERED") {
      return [{ kind: "UNREACHABLE", rows: [id], message: "rows that come before it answer all its inputs" }];
    }
    if (found !== "GAVE_UP") return [];
    return [
      { kind: "NOT_PROVEN", rows: [id], message: "whether the row ever decides: too many combinations" },
    ];
  });
}

function dependentRows(model: TableModel): bigint {
  return model.columns
    .flatMap(({ cells }) =>
      cells.map((cell, position) => (cell.kind === "dependent" ? 1n << BigInt(position) : 0n)),
    )
    .reduce((all, one) => all | one, 0n);
}

function exampleOf(model: TableModel, region: Region, chosen: readonly number[]): Record<string, Value> {
  return Object.fromEntries(
    model.inputs.map(({ name }, at) => {
      const { values } = region[at]![chosen[at]!]!;
      const range = values.ranges[0];
      if (!range) return [name, null];
      const code = Number.isFinite(range[0]) ? range[0] : Number.isFinite(range[1]) ? range[1] : 0;
      return [name, model.columns[at]!.index.coding.valueOf(code)];
    }),
  );
}
