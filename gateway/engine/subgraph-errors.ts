/** What callers are told when a subgraph fails: who, and what it chose to say; never hosts, statements or stacks. */
import type { AnswerError, SubgraphResponse } from "./contract";
import type { SubgraphErrorPolicy } from "./options";

/** A message with its extensions; the path is added by whoever knows it. */
export type Told = Pick<AnswerError, "message" | "extensions">;

/** Words for the failures of one subgraph. */
export interface FailureWords {
  /** It could not be asked, or gave no answer. */
  readonly unavailable: Told;
  /** A mutation was sent to it, and no answer came back. */
  readonly unanswered: Told;
  /** It answered, but not with what it was asked for. */
  readonly malformed: Told;
  /** It was not asked, because what it needs to know is missing. */
  readonly notAsked: Told;
  /** An error that it gave itself: masked unless its code is public. */
  readonly own: (error: SubgraphError) => Told;
}

/** An error as a subgraph sent it: nothing about it is certain. */
export type SubgraphError = NonNullable<SubgraphResponse["errors"]>[number];

const GENERAL_CODE = "DOWNSTREAM_SERVICE_ERROR";

/** Prepares the words for one subgraph. */
export function wordsFor(subgraph: string, policy: SubgraphErrorPolicy): FailureWords {
  const publicCodes = new Set(policy.publicCodes);
  const tell = (message: string, code = GENERAL_CODE): Told => ({
    message,
    extensions: { code, service: subgraph },
  });
  const masked = tell(`The subgraph '${subgraph}' could not answer this.`);
  const own = (error: SubgraphError): Told => {
    const { message, extensions } = error ?? {};
    const code = typeof extensions?.["code"] === "string" ? extensions["code"] : GENERAL_CODE;
    if (typeof message !== "string" || !(policy.passThrough || publicCodes.has(code))) return masked;
    return { message, extensions: { ...extensions, code, service: subgraph } };
  };
  return {
    unavailable: tell(`The subgraph '${subgraph}' could not be asked.`, policy.unavailableCode),
    unanswered: tell(
      `The subgraph '${subgraph}' gave no answer: the change may have been made or not.`,
      policy.unavailableCode,
    ),
    malformed: tell(`The subgraph '${subgraph}' did not answer what it was asked.`, policy.unavailableCode),
    notAsked: tell(`The subgraph '${subgraph}' was not asked: what it needs to know is missing.`),
    own,
  };
}
