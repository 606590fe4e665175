/** From the counts of the departments to the figures that the conference reports. Targets and quotas are the scheme's. */
import type { Parameter } from "../policy/pack/pack";
import { countFigure, type Figure, type FigureGroup, quotaFigure, shareFigure } from "./figure";
import { COUNTING_DEPARTMENTS, type CountingDepartment, type Row, type Sheets } from "./read-sheets";

/** The figures that can be told, and what cannot because a department was silent. */
export interface ComputedFigures {
  readonly figures: readonly Figure[];
  readonly missing: readonly {
    readonly department: CountingDepartment;
    readonly figures: readonly string[];
  }[];
}

interface Scheme {
  readonly value: (name: string) => unknown;
  /** The target of the latest year that has come; names of targets end in their year. */
  readonly targetOf: (stem: string) => number | undefined;
}

type Computation = (rows: readonly Row[], scheme: Scheme) => readonly Figure[];

interface Definition {
  readonly names: readonly string[];
  /** Each is told of by itself (`any`), or the figure needs them all. */
  readonly departments: readonly CountingDepartment[];
  readonly compute: Computation;
  readonly needs: "any" | "all";
}

const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);

const counting = (rows: readonly Row[], name: string): readonly Row[] =>
  rows.filter(({ counts }) => name in counts);

function groupsBy<Name extends "industry" | "sector" | "kind">(rows: readonly Row[], name: Name) {
  const groups = Map.groupBy(rows, ({ of }) => of[name]);
  return [...groups.entries()]
    .filter(([value]) => typeof value === "string")
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
    .map(([value, members]) => ({ of: { [name]: value } as FigureGroup, members }));
}

// A grade of C or D is what the sources call downgraded.
const LOW_GRADES = ["C", "D"];
const low = (rows: readonly Row[]) => rows.filter(({ of }) => LOW_GRADES.includes(String(of["grade"])));

const regradings: Computation = (rows) =>
  groupsBy(counting(rows, "graded"), "sector").flatMap(({ of, members }) => {
    const base = sum(members, "graded");
    return [
      ...shareFigure("regradedShare", { of, part: sum(members, "regraded"), base }),
      ...shareFigure("downgradedShare", { of, part: sum(low(members), "graded"), base }),
    ];
  });

const maintenance: Computation = (rows) =>
  groupsBy(counting(rows, "assessed"), "kind").flatMap(({ of, members }) =>
    shareFigure("downgradedShare", {
      of,
      part: sum(low(members), "assessed"),
      base: sum(members, "assessed"),
    }),
  );

const commitments: Computation = (rows) => {
  const large = rows.filter(({ of }) => of["aboveDesignatedSize"] === true);
  const groups = [
    { of: null, members: rows },
    { of: { aboveDesignatedSize: true }, members: large },
  ];
  return groups.flatMap(({ of, members }) => {
    const base = sum(members, "registered");
    return [
      ...shareFigure("commitmentShare", { of, part: sum(members, "committed"), base }),
      ...shareFigure("publicisedShare", { of, part: sum(members, "publicised"), base }),
    ];
  });
};

function shareOf(name: string, count: string, group: { of: FigureGroup | null; members: readonly Row[] }) {
  const { of, members } = group;
  return (target?: number) =>
    shareFigure(name, { of, part: sum(members, count), base: sum(members, "registered"), target });
}

const programme: Computation = (rows, { value, targetOf }) => {
  const all = { of: null, members: rows };
  const key = value("keyIndustries");
  const keyMembers = Array.isArray(key) ? rows.filter(({ of }) => key.includes(of["industry"])) : [];
  const industries = groupsBy(rows, "industry");
  return [
    ...shareOf("startedShare", "started", all)(),
    ...industries.flatMap((group) => shareOf("startedShare", "started", group)(targetOf("startedTarget"))),
    ...shareOf("attainedShare", "attained", all)(),
    ...[1, 2, 3].flatMap((level) =>
      shareOf("attainedShare", `attainedLevel${level}`, { of: { level }, members: rows })(),
    ),
    ...industries.flatMap((group) => shareOf("attainedShare", "attained", group)(targetOf("industryTarget"))),
    ...shareOf("attainedShare", "attained", { of: { keyIndustries: true }, members: keyMembers })(
      targetOf("keyIndustriesTarget"),
    ),
  ];
};

const quotas: Computation = (rows, { value }) => {
  const [before, planned, lookedBack] = [
    "earlierAttainedBefore",
    "enforcementPlanShare",
    "lookBackShare",
  ].map(value);
  const earlier =
    typeof before === "string" ? rows.filter(({ of }) => String(of["firstAttainedOn"] ?? "~") < before) : [];
  return [
    ...(typeof before === "string" && typeof planned === "number"
      ? [quotaFigure("enforcementPlanMinimum", sum(earlier, "everAttained"), planned)]
      : []),
    ...(typeof lookedBack === "number"
      ? [quotaFigure("lookBackMinimum", sum(rows, "certified"), lookedBack)]
      : []),
  ];
};

const honestyReports: Computation = (rows) => [
  countFigure("honestyReportsMissing", sum(rows, "registered"), {
    value: sum(rows, "honestyReportsMissing"),
  }),
];

const listings: Computation = (rows) => {
  const value = sum(rows, "listingsConfirmed");
  return [countFigure("listingsConfirmedInMonth", value, { value, unit: "ENTRIES" })];
};

const DEFINITIONS: readonly Definition[] = [
  {
    names: ["regradedShare", "downgradedShare"],
    departments: ["SAFETY", "TRANSPORT", "CONSTRUCTION"],
    needs: "any",
    compute: (rows, scheme) => [...regradings(rows, scheme), ...maintenance(rows, scheme)],
  },
  {
    names: ["commitmentShare", "publicisedShare", "startedShare", "attainedShare"],
    departments: ["SAFETY"],
    needs: "all",
    compute: (rows, scheme) => [...commitments(rows, scheme), ...programme(rows, scheme)],
  },
  {
    names: ["enforcementPlanMinimum", "lookBackMinimum", "honestyReportsMissing"],
    departments: ["SAFETY"],
    needs: "all",
    compute: (rows, scheme) => [...quotas(rows, scheme), ...honestyReports(rows, scheme)],
  },
  {
    names: ["listingsConfirmedInMonth"],
    departments: COUNTING_DEPARTMENTS,
    needs: "all",
    compute: listings,
  },
];

function readScheme(parameters: readonly Parameter[], asOf: string): Scheme {
  const value = (name: string) => parameters.find((one) => one.name === name)?.value;
  const targetOf = (stem: string): number | undefined => {
    const years = parameters
      .filter(({ name }) => name.startsWith(stem) && /^\d{4}$/.test(name.slice(stem.length)))
      .map(({ name }) => name.slice(stem.length))
      .filter((year) => year <= asOf.slice(0, 4))
      .sort();
    const target = years.length > 0 ? value(stem + years.at(-1)!) : undefined;
    return typeof target === "number" ? target : undefined;
  };
  return { value, targetOf };
}

/** Computes all figures. Where a department is silent its figures are not told at all, and it is named. */
export function computeFigures(
  sheets: Sheets,
  { parameters, asOf }: { readonly parameters: readonly Parameter[]; readonly asOf: string },
): ComputedFigures {
  const scheme = readScheme(parameters, asOf);
  const figures = DEFINITIONS.flatMap(({ departments, needs, compute }) => {
    const answered = departments.filter((department) => sheets.has(department));
    if (needs === "all" && answered.length < departments.length) return [];
    return compute(
      answered.flatMap((department) => sheets.get(department)!),
      scheme,
    );
  });
  const missing = COUNTING_DEPARTMENTS.filter((department) => !sheets.has(department)).map((department) => ({
    department,
    figures: DEFINITIONS.filter(({ departments }) => departments.includes(department)).flatMap(
      ({ names }) => names,
    ),
  }));
  return { figures, missing };
}
