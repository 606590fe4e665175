/**
 * Steps of procedures are recorded in order only. What the order is, the joint conference judges from its policies and from
 * what all departments have on record; a department asks it through the graph and records nothing that it was not told about.
 */
import { z } from "zod";
import { checkCharacter } from "../../schema/credit-code";
import { HubError } from "../../schema/errors";
import type { FactDepartment } from "../../schema/fact-catalogue";
import type { AskGraph } from "./hub-graph";
import type { ValidFact } from "./validate-fact";

/** The refusals of steps: by the position of the step, the sentence that says what is due. Throws when that cannot be told. */
export type AdmitSteps = (
  department: FactDepartment,
  steps: readonly ValidFact[],
) => Promise<ReadonlyMap<number, string>>;

const ENTERPRISES_AT_ONCE = 200;

const QUERY = `query StepAdmission($creditCodes: [CreditCode!]!, $asOf: LocalDate!, $steps: [ProcedureStepProposal!]!) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) {
    creditCode stepRefusals(steps: $steps) { documentNumber missing sentence }
  }
}`;

const answer = z.object({
  enterprises: z.array(
    z.object({
      creditCode: z.string(),
      stepRefusals: z.array(
        z.object({ documentNumber: z.string(), missing: z.array(z.string()), sentence: z.string() }),
      ),
    }),
  ),
});

const cannotBeTold = (why: string): HubError =>
  new HubError("SERVICE_UNAVAILABLE", `${why} Nothing was recorded; record it again.`);

const textOf = ({ columns }: ValidFact, name: string): string | null =>
  typeof columns[name] === "string" ? columns[name] : null;

function proposalOf(department: FactDepartment, step: ValidFact) {
  const { creditCode, documentNumber } = step;
  const [procedure, list, code, on] = ["procedure", "list", "step", "on"].map((name) => textOf(step, name));
  const [by, outcome] = ["by", "outcome"].map((name) => textOf(step, name));
  return { creditCode, department, documentNumber, procedure, list, step: code, on, by, outcome };
}

type Proposal = ReturnType<typeof proposalOf>;

function askAbout(ask: AskGraph, steps: readonly Proposal[]): Promise<ReadonlyMap<string, string>> {
  const creditCodes = [...new Set(steps.map(({ creditCode }) => creditCode))];
  const days = steps.map(({ on }) => on!).sort();
  return put(ask, { creditCodes, asOf: days.at(-1)!, steps });
}

interface Question {
  readonly creditCodes: readonly string[];
  readonly asOf: string;
  readonly steps: readonly Proposal[];
}

async function put(
  ask: AskGraph,
  { creditCodes, asOf, steps }: Question,
): Promise<ReadonlyMap<string, string>> {
  const data = await ask(QUERY, { creditCodes, asOf, steps }).catch(() => null);
  const told = answer.safeParse(data);
  const isWhole =
    told.success && told.data.enterprises.every(({ creditCode }, at) => creditCode === creditCodes[at]);
  if (!isWhole || told.data.enterprises.length !== creditCodes.length)
    throw cannotBeTold("The joint conference, which orders the steps of procedures, could not be asked.");
  const refusals = new Map<string, string>();
  for (const { creditCode, stepRefusals } of told.data.enterprises)
    for (const { documentNumber, missing, sentence } of stepRefusals) {
      if (missing.length > 0) throw cannotBeTold(sentence);
      refusals.set(`${creditCode} ${documentNumber}`, sentence);
    }
  return refusals;
}

/** Asks the graph about steps before they are recorded, 200 enterprises at a time. */
export function askForAdmission(ask: AskGraph): AdmitSteps {
  return async (department, steps) => {
    const proposals = steps.map((step) => proposalOf(department, step));
    const enterprises = [...Map.groupBy(proposals, ({ creditCode }) => creditCode).values()];
    const refusals = new Map<string, string>();
    for (let start = 0; start < enterprises.length; start += ENTERPRISES_AT_ONCE) {
      const chunk = enterprises.slice(start, start + ENTERPRISES_AT_ONCE).flat();
      for (const [key, sentence] of await askAbout(ask, chunk)) refusals.set(key, sentence);
    }
    return new Map(
      proposals.flatMap(({ creditCode, documentNumber }, at): [number, string][] => {
        const sentence = refusals.get(`${creditCode} ${documentNumber}`);
        return sentence === undefined ? [] : [[at, sentence]];
      }),
    );
  };
}

// Nobody's code: the division is none of an enterprise.
const NOBODY = "91000000AAAAAAAAA";

/**
 * Asks once, about no step over nobody, so that the first clerk does not meet the question while it is cold in the gateway, in
 * `joint` and in five departments. Nothing is recorded; an answer that does not come is let pass.
 */
export async function rehearseAdmission(ask: AskGraph, asOf: string): Promise<void> {
  const nobody = NOBODY + checkCharacter(NOBODY);
  await put(ask, { creditCodes: [nobody], asOf, steps: [] }).catch(() => undefined);
}

/** For a department that was not told where the hub is: it records no step. */
export const admitNobody: AdmitSteps = () =>
  Promise.reject(cannotBeTold("HUB_URL does not say where the hub is that orders the steps of procedures."));
