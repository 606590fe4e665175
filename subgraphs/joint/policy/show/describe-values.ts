/** Values that are neither counted from facts nor given by a table, the results of a pack, and for whom it is taken: in words. */
import type { SchemeFile } from "../pack/scheme-file";
import type { Section } from "./section";

/** Periods, picks, sums and memberships, one value a row. */
export function describeValues({ periods, picks, sums, memberships }: SchemeFile): Section {
  return {
    heading: { zh: "推算的值", en: "Values taken from others" },
    paragraphs: [],
    columns: ["名称 name", "如何得出 how it comes about"],
    rows: [
      ...Object.entries(periods).map(([name, one]) => [
        name,
        `${one.label.zh} ${one.label.en}: 询问之日在 the day asked about lies in ${one.in}`,
      ]),
      ...Object.entries(picks).map(([name, pick]) => [name, describePick(pick)]),
      ...Object.entries(sums).map(([name, { of, min, max }]) => [
        name,
        [
          `${of.join(" + ")}`,
          ...(min === undefined ? [] : [`不低于 at least ${min}`]),
          ...(max === undefined ? [] : [`不高于 at most ${max}`]),
        ].join("; "),
      ]),
      ...Object.entries(memberships).map(([name, one]) => [name, `${one.value} 属于 is one of ${one.in}`]),
    ],
  };
}

function describePick({ by, cases, unrecorded, otherwise }: SchemeFile["picks"][string]): string {
  const first = (names: readonly string[]) => (names.length === 0 ? "空 none" : names.join(" ?? "));
  return [
    ...Object.entries(cases).map(([value, names]) => `${by} = ${value}: ${first(names)}`),
    ...(unrecorded ? [`${by} 没有记录 not recorded: ${first(unrecorded)}`] : []),
    `其余 otherwise: ${first(otherwise)}`,
  ].join("; ");
}

/** What the assessment takes from the pack, and for whom the pack is taken when none is named. */
export function describeUse({ results, anniversaryDay, chosenFor }: SchemeFile): Section {
  const named = Object.entries(results).map(([result, name]) => `${result}: ${[name].flat().join(", ")}`);
  const place = chosenFor
    ? [
        ...chosenFor.divisions.map((one) => `区划 division ${one}`),
        ...chosenFor.districts.map((one) => `所在地 district ${one}`),
        ...chosenFor.sectors.map((one) => `行业 sector ${one}`),
        ...(chosenFor.otherwise ? ["无其他政策时 when no other is"] : []),
      ]
    : [];
  return {
    heading: { zh: "结果和适用对象", en: "Results, and for whom" },
    paragraphs: [
      ...(named.length > 0 ? [`结果 results: ${named.join("; ")}`] : []),
      ...(anniversaryDay ? [`周年日见参数 the anniversary day: see ${anniversaryDay}`] : []),
      place.length > 0
        ? `未指明政策时适用于 taken, when none is named, for: ${place.join("; ")}`
        : "只在指明时适用。 Taken only when it is named.",
    ],
  };
}
