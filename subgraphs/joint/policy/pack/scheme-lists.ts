/** The parts of `scheme.yaml` about lists: what they are, the procedures over them, the reports that are handed in. */
import { z } from "zod";
import { code, department, direction, duration, level, name, scalar, text } from "./scheme-words";

/** A step, or one by somebody or with an outcome. */
export const stepTest = z.union([
  code,
  z.strictObject({ step: code, by: z.string().optional(), outcome: z.string().optional() }),
]);

/**
 * By when: on a day of the month after a step, so many days or working days after it, on the day of a parameter, on the list's
 * day of renewal, or on the day on which the entry's term ends.
 */
export const due = z.union([
  z.strictObject({ dayOfNextMonth: z.number().int().min(1).max(28), after: code }),
  z.strictObject({ days: z.number().int().positive(), after: code }),
  z.strictObject({ workingDays: z.number().int().positive(), after: code }),
  z.strictObject({ on: name }),
  z.literal("RENEWAL"),
  z.literal("EXPIRY"),
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

/** How one comes on a list or leaves it: steps, and the states that follow from them. */
export const procedure = z.strictObject({
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
        /** `by` are levels, the lowest first: what a higher one took stands for those below it, and they come too late. */
        ascending: z.boolean().default(false),
        after: z.array(stepTest).default([]),
        /** The states in which it may be taken; without them, before the entry or while it stands, as the stage says. */
        in: z.array(code).min(1).optional(),
        /** It may be taken as often as it stands in one of those states; otherwise once. */
        again: z.boolean().default(false),
        /** It may be taken and is nobody's duty: a notice that an application will be refused. */
        optional: z.boolean().default(false),
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
  /** The step that begins the way to an entry anew: steps before the last of these count no more. */
  restart: code.optional(),
  route: z.union([z.literal("PROVIDER"), z.strictObject({ value: name })]).optional(),
  stateAs: name.optional(),
  states: z.array(stateRule).min(1),
});

/** A list: what makes an entry, how long it holds, how it is left. */
export const list = z.strictObject({
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
  /**
   * Renewal is applied for at the latest so many months before the term ends. `replaces`: an entry that the same department
   * publishes later takes the place of the one before, whose term is over from then on.
   */
  renewal: z
    .strictObject({ months: z.number().int().positive(), replaces: z.boolean().default(false) })
    .optional(),
  /** By which day of the month after the publication of an entry departments report that they carried out what it brings. */
  feedback: z.strictObject({ dayOfNextMonth: z.number().int().min(1).max(28) }).optional(),
  inForceAs: name.optional(),
});

/** What is handed in or made public once a period: a duty as long as no fact of the type says so for that period. */
export const report = z.strictObject({
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
  /** Whose report: every enterprise registered where the scheme is chosen, or those of whom an earlier fact says so. */
  from: z.enum(["REGISTERED", "ENROLLED"]),
  /** Of ENROLLED: fields of an earlier fact by which one is known to owe it; those of `where` unless given. */
  enrolled: z.record(z.string(), scalar).optional(),
  /** Of ENROLLED: the type of that earlier fact; the report's own unless given. */
  enrolledBy: z.string().optional(),
  by: z.array(z.string()).default([]),
  form: z.string().optional(),
});
