/**
 * What a worker does for screenings: divide a population into slices, and answer a slice by asking the graph. Every step
 * may be repeated: a killed worker's job is taken over by another, and what was answered is not asked again.
 */
import type { AddJobsFunction, Task, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Outcome } from "../assessment/assessment";
import { type AskGraph, QUESTION_CODES_MAX, type ScreeningQuestion, sliceCodes } from "./screening";
import type { ScreeningAnswer, ScreeningStore } from "./store";

/** The job that divides a population. */
export const PLAN_SCREENING = "plan-screening";
const ANSWER_SLICE = "answer-screening-slice";

const ATTEMPTS_MAX = 12;
const POPULATION_PAGE = 10_000;

const REGISTERED = `query RegisteredCodes($first: Int!, $after: CreditCode) {
  registeredCreditCodes(first: $first, after: $after)
}`;

const DECIDE = `query DecideSlice(
  $creditCodes: [CreditCode!]!, $asOf: LocalDate!, $knownAt: DateTime, $purpose: Purpose!, $scheme: ID
) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf, knownAt: $knownAt) {
    creditCode
    decision(purpose: $purpose, scheme: $scheme) { id outcome }
  }
}`;

const planPayload = z.object({ screening: z.uuid() });
const slicePayload = z.object({ screening: z.uuid(), slice: z.number().int() });
const answerOf = z.object({
  creditCode: z.string(),
  decision: z.object({ id: z.uuid(), outcome: z.string() }),
});

async function* readPopulation(ask: AskGraph): AsyncGenerator<readonly string[]> {
  let after: string | null = null;
  for (;;) {
    const data = await ask(REGISTERED, { first: POPULATION_PAGE, after });
    const page = z.array(z.string()).parse(data["registeredCreditCodes"]);
    yield page;
    if (page.length < POPULATION_PAGE) return;
    after = page.at(-1)!;
  }
}

/** Puts the slices that are not answered yet into the queue; one that is there already stays there once. */
export async function queueSlices(
  store: ScreeningStore,
  screening: string,
  addJobs: AddJobsFunction,
): Promise<void> {
  const slices = await store.openSlices(screening);
  await addJobs(
    slices.map((slice) => ({
      identifier: ANSWER_SLICE,
      payload: { screening, slice },
      jobKey: `${ANSWER_SLICE}/${screening}/${slice}`,
      maxAttempts: ATTEMPTS_MAX,
    })),
  );
}

function planScreening(store: ScreeningStore, ask: AskGraph): Task {
  return async (payload, { addJobs }) => {
    const { screening } = planPayload.parse(payload);
    if (!(await store.isPlanned(screening))) {
      const population: string[] = [];
      for await (const page of readPopulation(ask)) population.push(...page);
      await store.plan(screening, sliceCodes(population));
    }
    await queueSlices(store, screening, addJobs);
    await store.finish(screening);
  };
}

async function decideAll(
  ask: AskGraph,
  question: ScreeningQuestion,
  creditCodes: readonly string[],
): Promise<readonly ScreeningAnswer[]> {
  const data = await ask(DECIDE, { ...question, creditCodes });
  const answers = z.array(answerOf).parse(data["enterprises"]);
  return answers.map(({ creditCode, decision }, index) => {
    if (creditCode !== creditCodes[index])
      throw new Error("the answers are not in the order of the questions");
    return { creditCode, receiptId: decision.id, outcome: decision.outcome as Outcome };
  });
}

function answerSlice(store: ScreeningStore, ask: AskGraph): Task {
  return async (payload) => {
    const { screening, slice } = slicePayload.parse(payload);
    const open = await store.findSlice(screening, slice);
    if (!open) return;
    const answers: ScreeningAnswer[] = [];
    for (let from = 0; from < open.creditCodes.length; from += QUESTION_CODES_MAX)
      answers.push(
        ...(await decideAll(ask, open.question, open.creditCodes.slice(from, from + QUESTION_CODES_MAX))),
      );
    await store.closeSlice(screening, slice, answers);
  };
}

/** The tasks of a worker that asks the graph through `ask`. */
export function screeningTasks(store: ScreeningStore, ask: AskGraph): TaskList {
  return { [PLAN_SCREENING]: planScreening(store, ask), [ANSWER_SLICE]: answerSlice(store, ask) };
}
