/**
 * The shape of `scheme.yaml`: everything of a policy that is not a decision table. Strict: an unknown key is a fault. What
 * each part means for the judgement is told, with an example, in `subgraphs/joint/policies/README.md`.
 */
import { z } from "zod";
import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { PURPOSES } from "../../assessment/assessment";
import { isDay } from "../calendar/dates";

const day = z.string().refine(isDay, "an existing day is written YYYY-MM-DD");
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, "a name starts with a small letter and holds letters and digits");
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a code is written in capitals");
const test = z.string().min(1);
const department = z.enum(FACT_DEPARTMENTS);
const level = z.enum(["PROVINCE", "CITY", "COUNTY"]);
const direction = z.enum(["PUNISHMENT", "INCENTIVE"]);
/** The outcomes that a measure can bring. */
export const OUTCOMES = ["FAVOURED", "NORMAL", "RESTRICTED", "BARRED"] as const;
const outcome = z.enum(OUTCOMES);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const period = z.strictObject({ from: day, until: day });

const parameter = z.strictObject({
  type: z.enum(["string", "number", "boolean", "date", "period"]),
  scale: z.number().int().min(0).max(4).default(0),
  allowed: z.array(z.string()).optional(),
  value: z.union([scalar, z.array(scalar), z.array(period), z.record(z.string(), scalar)]),
  open: z.boolean(),
  note: z.string().min(1),
});

const duration = z.union([
  z.strictObject({ days: z.number().int().positive() }),
  z.strictObject({ months: z.number().int().positive() }),
  z.strictObject({ years: z.number().int().positive() }),
  /** To the end of the calendar year in which it starts. */
  z.strictObject({ calendarYears: z.literal(1) }),
]);

/** How a date field stands to the day asked about or to another field; a day after the day asked about has not come yet. */
const dayTest = z.strictObject({
  field: z.string(),
  is: z.enum(["BEFORE", "BY", "AFTER", "NOT_BY"]),
  than: z.string(),
});

const indicator = z.strictObject({
  label: text,
  legalBasis: z.string().optional(),
  facts: z.string(),
  departments: z.array(department).min(1).optional(),
  where: z.record(z.string(), test).default({}),
  days: z.array(dayTest).default([]),
  validity: z.enum(["IN_FORCE", "EVER"]).default("IN_FORCE"),
  disputed: z.enum(["NOT_COUNTED", "COUNTED"]).default("NOT_COUNTED"),
  endedBy: z.array(z.string()).default([]),
  window: duration.optional(),
  by: z.string().optional(),
  aggregate: z.enum([
    "exists",
    "count",
    "rollingCount",
    "sum",
    "min",
    "max",
    "latest",
    "longestRun",
    "latestRun",
  ]),
  field: z.string().optional(),
  among: z.array(z.string()).optional(),
  negated: z.boolean().default(false),
});

const stepTest = z.union([
  code,
  z.strictObject({ step: code, by: z.string().optional(), outcome: z.string().optional() }),
]);

/**
 * By when: on a day of the month after a step, so many days or working days after it, on the day of a parameter, or on the
 * list's day of renewal.
 */
const due = z.union([
  z.strictObject({ dayOfNextMonth: z.number().int().min(1).max(28), after: code }),
  z.strictObject({ days: z.number().int().positive(), after: code }),
  z.strictObject({ workingDays: z.number().int().positive(), after: code }),
  z.strictObject({ on: name }),
  z.literal("RENEWAL"),
]);

const stateRule = z.strictObject({
  state: code,
  when: z
    .strictObject({
      entry: z.array(z.enum(["NONE", "IN_FORCE", "PAST_TERM", "LAPSED", "ENDED"])).optional(),
      ground: z.boolean().optional(),
      started: z.boolean().optional(),
      has: z.array(stepTest).optional(),
      hasAny: z.array(stepTest).optional(),
      hasNot: z.array(stepTest).optional(),
      application: z.array(z.enum(["NONE", "TOO_EARLY", "IN_WINDOW", "LATE"])).optional(),
      values: z.record(name, scalar.nullable()).optional(),
    })
    .default({}),
  /** Whether the list is shown as proposed in this state. */
  proposes: z.enum(["NEVER", "WITH_GROUND", "ALWAYS"]).default("NEVER"),
  grants: z.boolean().default(false),
  closes: z.boolean().default(false),
  idle: z.boolean().default(false),
  hidden: z.boolean().default(false),
  due: due.optional(),
});

const procedure = z.strictObject({
  name: code,
  label: text,
  lists: z.array(code).min(1),
  departments: z.array(department).min(1).optional(),
  /** Whether the procedure leads to an entry of the list, or is about one that is there. */
  stage: z.enum(["TO_ENTRY", "OF_ENTRY"]).default("TO_ENTRY"),
  /** The steps in their order, who takes each, and what must have been taken before. */
  steps: z
    .array(
      z.strictObject({
        step: code,
        by: z.array(z.string()).optional(),
        after: z.array(stepTest).default([]),
        /** The states in which it may be taken; without them, before the entry or while it stands, as the stage says. */
        in: z.array(code).min(1).optional(),
        form: z.string().optional(),
        /** By when it is to be taken; a state's `due` is that of its first step after the step that `due` names. */
        due: due.optional(),
      }),
    )
    .default([]),
  /** An entry of the list counts only when these steps were taken before it, if any step was recorded at all. */
  entryNeeds: z.array(code).default([]),
  /** The step whose day is held against the list's window of removal or day of renewal. */
  application: code.optional(),
  route: z.union([z.literal("PROVIDER"), z.strictObject({ value: name })]).optional(),
  stateAs: name.optional(),
  states: z.array(stateRule).min(1),
});

const list = z.strictObject({
  label: text,
  direction,
  level: level.default("CITY"),
  from: z.enum(["ENTRIES", "GROUNDS", "PROCEDURE"]),
  departments: z.array(department).min(1).optional(),
  term: duration.optional(),
  afterTerm: name.optional(),
  /** Steps of any procedure over the list that end an entry. */
  endedBySteps: z.array(code).default([]),
  /** Removal is applied for so many working days before the term ends, read as the parameter says. */
  removal: z.strictObject({ workingDays: z.number().int().positive(), reading: name }).optional(),
  /** Renewal is applied for at the latest so many months before the term ends. */
  renewal: z.strictObject({ months: z.number().int().positive() }).optional(),
  inForceAs: name.optional(),
});

/** What enterprises hand in once a period: a duty as long as no fact of the type says so for that period. */
const report = z.strictObject({
  name: code,
  label: text,
  legalBasis: z.string().min(1),
  facts: z.string(),
  /** Fields of the fact that have this value: the scheme, where several use the type. */
  where: z.record(z.string(), scalar).default({}),
  /** The field that holds the year. */
  year: z.string(),
  /** The periods of a year by the day on which each ends (MM-DD), and the fields that tell them apart. */
  periods: z
    .array(
      z.strictObject({
        ends: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day of a year is written MM-DD"),
        where: z.record(z.string(), scalar).default({}),
      }),
    )
    .min(1),
  /** Whose report: every enterprise registered where the scheme is chosen, or those that have handed one in before. */
  from: z.enum(["REGISTERED", "ENROLLED"]),
  by: z.array(z.string()).default([]),
  form: z.string().optional(),
});

const measure = z.strictObject({
  label: text,
  department: z.enum([...FACT_DEPARTMENTS, "OTHER"]),
  body: z.string().optional(),
  direction,
  purpose: z.enum(PURPOSES).optional(),
  outcome: outcome.optional(),
  quantity: z.union([z.strictObject({ value: name }), z.strictObject({ literal: z.string() })]).optional(),
  unit: z.enum(["PERCENT", "ENTERPRISES", "ENTRIES", "CNY", "BAND", "YEAR", "VISITS_PER_YEAR"]).optional(),
  overrides: z.array(code).default([]),
  /** The class of the national basic list of punishment measures, and the kind of text the measure rests on. */
  nationalClass: z.string().optional(),
  basis: z.enum(["LAW", "REGULATION", "CENTRAL_POLICY", "LOCAL_POLICY"]),
});

const pick = z.strictObject({
  by: name,
  cases: z.record(z.string(), z.array(name)),
  unrecorded: z.array(name).min(1).optional(),
  otherwise: z.array(name).min(1),
});

/** What figures about many enterprises need to know of the law beside parameters: who grades whom, what counts as a low grade. */
const statistics = z.strictObject({
  grading: z
    .strictObject({
      /** The sectors that a department of their own grades; safety grades all others. */
      sectors: z.record(code, department).default({}),
      downgraded: z.array(z.string()).min(1),
    })
    .optional(),
  maintenance: z.strictObject({ downgraded: z.array(z.string()).min(1) }).optional(),
});

/** `scheme.yaml` after parsing. */
export const schemeFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().min(1),
  title: text,
  jurisdiction: z.string().min(1),
  /** For whom the pack is taken when none is named: any of these; the highest rank of those that fit. */
  chosenFor: z
    .strictObject({
      divisions: z.array(z.string()).default([]),
      districts: z.array(z.string()).default([]),
      sectors: z.array(z.string()).default([]),
      rank: z.number().int().default(0),
      otherwise: z.boolean().default(false),
    })
    .optional(),
  effectiveFrom: day,
  effectiveUntil: day.nullable().default(null),
  historical: z.boolean(),
  sources: z
    .array(z.strictObject({ file: z.string(), title: z.string(), note: z.string().optional() }))
    .min(1),
  readings: z.array(z.string()).default([]),
  /** The parameter (IN or OUT) that says whether the anniversary day still belongs to a term or window. */
  anniversaryDay: name.optional(),
  parameters: z.record(name, parameter).default({}),
  indicators: z.record(name, indicator).default({}),
  periods: z.record(name, z.strictObject({ label: text, in: name })).default({}),
  picks: z.record(name, pick).default({}),
  sums: z
    .record(
      name,
      z.strictObject({ of: z.array(name).min(1), min: z.number().optional(), max: z.number().optional() }),
    )
    .default({}),
  memberships: z.record(name, z.strictObject({ value: name, in: name })).default({}),
  tables: z
    .array(
      z.strictObject({
        file: z.string().regex(/^[a-z0-9-]+\.dmn$/),
        role: z.enum(["VALUE", "GROUNDS", "MEASURES"]),
      }),
    )
    .default([]),
  lists: z.record(code, list).default({}),
  procedures: z.array(procedure).default([]),
  /** Who is responsible for a matter, beside any list: a fixed unit, or what a value says. */
  routes: z
    .array(
      z.union([
        z.strictObject({ name: code, label: text, to: name }),
        z.strictObject({ name: code, label: text, unit: code, legalBasis: z.string().min(1) }),
      ]),
    )
    .default([]),
  reports: z.array(report).default([]),
  measures: z.record(code, measure).default({}),
  /** The fields of PUBLIC facts that the public is shown, by fact type, and the unit that answers for them. */
  publication: z
    .array(z.strictObject({ unit: text, facts: z.record(z.string(), z.array(z.string()).min(1)) }))
    .default([]),
  /** The date parameter from which on matters are shown; without it, all are. */
  publicationSince: name.optional(),
  statistics: statistics.default({}),
  results: z
    .strictObject({
      score: name.optional(),
      grade: name.optional(),
      title: name.optional(),
      /** Values that are told among the reasons only: the row that gave each. */
      told: z.array(name).min(1).optional(),
    })
    .default({}),
});

export type SchemeFile = z.infer<typeof schemeFile>;
export type IndicatorSpec = SchemeFile["indicators"][string];
export type ParameterSpec = SchemeFile["parameters"][string];
export type ProcedureSpec = SchemeFile["procedures"][number];
export type ReportSpec = SchemeFile["reports"][number];
export type DueSpec = z.infer<typeof due>;
export type StateSpec = ProcedureSpec["states"][number];
export type ListSpec = SchemeFile["lists"][string];
export type MeasureSpec = SchemeFile["measures"][string];
export type StatisticsSpec = SchemeFile["statistics"];
export type DurationSpec = z.infer<typeof duration>;
export type StepTest = z.infer<typeof stepTest>;
