/**
 * The shape of `scheme.yaml`: everything of a policy that is not a decision table. Strict: an unknown key is a fault. What
 * each part means for the judgement is told, with an example, in `subgraphs/joint/policies/README.md`.
 */
import { z } from "zod";
import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { PURPOSES } from "../../assessment/assessment";
import { type due, list, procedure, report, type stepTest } from "./scheme-lists";
import { code, day, department, direction, duration, name, period, scalar, text } from "./scheme-words";

const test = z.string().min(1);
/** The outcomes that a measure can bring. */
export const OUTCOMES = ["FAVOURED", "NORMAL", "RESTRICTED", "BARRED"] as const;
const outcome = z.enum(OUTCOMES);

const parameter = z.strictObject({
  type: z.enum(["string", "number", "boolean", "date", "period"]),
  scale: z.number().int().min(0).max(4).default(0),
  allowed: z.array(z.string()).optional(),
  value: z.union([scalar, z.array(scalar), z.array(period), z.record(z.string(), scalar)]),
  open: z.boolean(),
  note: z.string().min(1),
});

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

/** `scheme.yaml` after parsing. */
export type SchemeFile = z.infer<typeof schemeFile>;
/** How facts become one value. */
export type IndicatorSpec = SchemeFile["indicators"][string];
/** A value that the source leaves open or a city may set. */
export type ParameterSpec = SchemeFile["parameters"][string];
/** A procedure over lists. */
export type ProcedureSpec = SchemeFile["procedures"][number];
/** What is handed in once a period. */
export type ReportSpec = SchemeFile["reports"][number];
/** By when something is due. */
export type DueSpec = z.infer<typeof due>;
/** A state of a procedure, and when it holds. */
export type StateSpec = ProcedureSpec["states"][number];
/** A list. */
export type ListSpec = SchemeFile["lists"][string];
/** A measure of the catalogue. */
export type MeasureSpec = SchemeFile["measures"][string];
/** Who grades whom, and which grades are low. */
export type StatisticsSpec = SchemeFile["statistics"];
/** How long a window or a term is. */
export type DurationSpec = z.infer<typeof duration>;
/** A step, or one by somebody or with an outcome. */
export type StepTest = z.infer<typeof stepTest>;
