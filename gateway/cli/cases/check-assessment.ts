/** Holds an assessment against an expectation. A key that is absent asserts nothing; an empty list means none at all. */
import type { Assessment, Measure } from "../../../subgraphs/joint/assessment/assessment";
import type { Expectation } from "./case";

/** What differs, in words. */
export function checkAssessment(expected: Expectation, found: Assessment): readonly string[] {
  const faults: string[] = [];
  for (const key of ["grade", "score", "title", "undetermined"] as const) {
    if (expected[key] === undefined || found[key] === expected[key]) continue;
    if (key === "title" && lacksTitle(expected, found)) continue;
    faults.push(`${key} is ${String(found[key])}, expected ${String(expected[key])}`);
  }
  return [
    ...faults,
    ...checkLists(expected, found),
    ...checkMeasures(expected, found),
    ...checkProcedure(expected, found),
  ];
}

// A scheme without titles gives none; an undetermined title is another matter.
function lacksTitle({ title }: Expectation, found: Assessment): boolean {
  return title === "NONE" && found.title === null && !found.undetermined;
}

function checkLists({ lists, notLists, proposedLists }: Expectation, found: Assessment): string[] {
  const faults: string[] = [];
  if (lists?.length === 0 && found.lists.length > 0)
    faults.push(`on ${names(found.lists)}, expected on no list`);
  for (const list of new Set(lists?.map((one) => one.list))) {
    const wanted = lists!.filter((one) => one.list === list);
    const there = found.lists.filter((one) => one.list === list);
    const fits =
      wanted.length === there.length && wanted.every((one) => there.some((other) => matches(one, other)));
    if (!fits) faults.push(`${list} is ${JSON.stringify(there)}, expected ${JSON.stringify(wanted)}`);
  }
  for (const list of notLists ?? [])
    if (found.lists.some((one) => one.list === list)) faults.push(`is on ${list}`);
  const proposed = names(found.proposedLists);
  const wanted = proposedLists && [...proposedLists].sort().join(", ");
  if (wanted !== undefined && proposed !== wanted)
    faults.push(`proposed are '${proposed}', expected '${wanted}'`);
  return faults;
}

function names(listings: Assessment["lists"]): string {
  return [...new Set(listings.map(({ list }) => list))].sort().join(", ");
}

function matches(wanted: Readonly<Record<string, unknown>>, found: object): boolean {
  const bag = found as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).every(([name, value]) => bag[name] === value);
}

function checkMeasures({ measures, notMeasures }: Expectation, found: Assessment): string[] {
  const codes = found.measures.map(({ code }) => code);
  const faults: string[] = [];
  if (measures?.length === 0 && codes.length > 0) faults.push(`measures ${codes.join(", ")}, expected none`);
  for (const wanted of measures ?? []) {
    if (found.measures.some((measure: Measure) => matches(wanted, measure))) continue;
    const alike = found.measures.filter(({ code }) => code === wanted.code);
    faults.push(
      `measure ${wanted.code} ${alike.length > 0 ? `is ${JSON.stringify(alike)}` : "is not taken"}`,
    );
  }
  for (const code of notMeasures ?? []) if (codes.includes(code)) faults.push(`measure ${code} is taken`);
  return faults;
}

// The procedure that the facts describe is the one that moved last, the first that is shown, unless it is named.
function checkProcedure({ procedure }: Expectation, found: Assessment): string[] {
  if (!procedure) return [];
  const names = Object.entries(procedure).filter(([key]) => key === "procedure" || key === "list");
  const first = found.procedures.find((one) => matches(Object.fromEntries(names), one));
  if (first && matches(procedure, first)) return [];
  return [`procedure is ${JSON.stringify(first)}, expected ${JSON.stringify(procedure)}`];
}
