/**
 * `joint` for a trial: it stands in the graph where `joint` stands, is lent the same evidence, believes it by the same rules,
 * and keeps nothing: it has no ledger, no key and no database.
 */
import type { Assessment } from "../assessment/assessment";
import type { JointContext } from "../context";
import type { Evidence } from "../evidence/evidence";
import { jointSchema } from "../index";
import type { Judge } from "../judgement/judge";
import type { Pack, PackRegistry } from "../policy/pack/pack";
import { createAsk, type OpenSubgraph } from "../../shared/open-subgraph";
import { createExecutor } from "../../shared/execute-operation";
import { createLog } from "../../shared/log";
import { buildSubgraph } from "../../shared/subgraph-schema";

/** Told what was lent about an enterprise. */
export type EvidenceListener = (creditCode: string, evidence: Evidence) => void;

/** The question that makes the graph lend the evidence about enterprises to the trial. */
export const LEND_EVIDENCE = `query LendEvidence($creditCodes: [CreditCode!]!, $asOf: LocalDate!) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) { creditCode assessment { undetermined } }
}`;

/** Opens the trial's `joint`. What it answers says nothing; what it was lent goes to `listen`. */
export function openTrialSubgraph(pack: Pack, listen: EvidenceListener): Pick<OpenSubgraph, "ask"> {
  const registry: PackRegistry = { packs: [pack], find: () => pack, choose: () => pack };
  const judge: Judge = {
    assess: (_pack, { evidence, kept }) => {
      listen(kept.creditCode, evidence);
      return { assessment: { undetermined: true } as Assessment, decide: refuseToDecide };
    },
  };
  const built = buildSubgraph(jointSchema);
  const log = createLog("trial");
  const bench: Pick<JointContext, "registry" | "judge"> = { registry, judge };
  const execute = createExecutor(built.schema, log);
  return { ask: createAsk(built, { log, execute }, (attributes) => ({ ...attributes, ...bench })) };
}

function refuseToDecide(): never {
  throw new Error("a trial decides nothing");
}
