/** From the counts of the departments to the figures that the conference reports. Targets and quotas are the scheme's. */
import type { Pack } from "../policy/pack/pack";
import { countFigure, type Figure, type FigureGroup, quotaFigure, shareFigure } from "./figure";
import { gradeFigures, maintenanceFigures } from "./grade-figures";
import {
  COUNTING_DEPARTMENTS,
  type CountingDepartment,
  LISTING_DEPARTMENTS,
  type Row,
  type Sheets,
} from "./read-sheets";
import { groupsBy, sum } from "./rows";

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

/** Figures that need what all these departments count. */
interface Definition {
  readonly names: readonly string[];
  readonly departments: readonly CountingDepartment[];
  readonly compute: Computation;
}

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

const executions: Computation = (rows) => {
  const value = sum(rows, "measuresExecuted");
  return [countFigure("measuresExecutedInMonth", value, { value, unit: "ENTRIES" })];
};

const DEFINITIONS: readonly Definition[] = [
  {
    names: ["commitmentShare", "publicisedShare", "startedShare", "attainedShare"],
    departments: ["SAFETY"],
    compute: (rows, scheme) => [...commitments(rows, scheme), ...programme(rows, scheme)],
  },
  {
    names: ["enforcementPlanMinimum", "lookBackMinimum", "honestyReportsMissing"],
    departments: ["SAFETY"],
    compute: (rows, scheme) => [...quotas(rows, scheme), ...honestyReports(rows, scheme)],
  },
  {
    names: ["listingsConfirmedInMonth"],
    departments: LISTING_DEPARTMENTS,
    compute: listings,
  },
  {
    names: ["measuresExecutedInMonth"],
    departments: COUNTING_DEPARTMENTS,
    compute: executions,
  },
];

// Each department tells the grades of its own sector by itself.
const GRADE_FIGURES = ["regradedShare", "downgradedShare"];
const GRADERS: readonly CountingDepartment[] = ["SAFETY", "TRANSPORT", "CONSTRUCTION"];

function readScheme({ parameters }: Pick<Pack, "parameters">, asOf: string): Scheme {
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
  pack: Pick<Pack, "parameters" | "file">,
  asOf: string,
): ComputedFigures {
  const scheme = readScheme(pack, asOf);
  const { statistics } = pack.file;
  const figures = DEFINITIONS.flatMap(({ departments, compute }) => {
    const told = departments.map((department) => sheets.get(department));
    return told.every((rows) => rows !== undefined) ? compute(told.flat(), scheme) : [];
  });
  const missing = COUNTING_DEPARTMENTS.filter((department) => !sheets.has(department)).map((department) => ({
    department,
    figures: figuresNeeding(department),
  }));
  return {
    figures: [...gradeFigures(sheets, statistics), ...maintenanceFigures(sheets, statistics), ...figures],
    missing,
  };
}

function figuresNeeding(department: CountingDepartment): readonly string[] {
  const needing = DEFINITIONS.filter(({ departments }) => departments.includes(department));
  return [...(GRADERS.includes(department) ? GRADE_FIGURES : []), ...needing.flatMap(({ names }) => names)];
}
