/** What a row means for the versions of its fact that are there: new, the same, a correction, or a contradiction. */
import type { HubErrorCode } from "../../schema/errors";
import type { ValidFact } from "./validate-fact";

/** One version of a fact as far as the decision needs it. */
export interface FactVersion {
  readonly id: string;
  readonly digest: string;
  readonly recordedAt: string;
  readonly correction: boolean;
  latest: boolean;
}

/** What is to be done with a row. */
export type FactDecision =
  | { readonly kind: "recorded"; readonly recordedAt: string }
  | { readonly kind: "unchanged"; readonly id: string }
  | { readonly kind: "corrected"; readonly recordedAt: string; readonly replaces: FactVersion }
  | { readonly kind: "rejected"; readonly code: HubErrorCode; readonly reason: string };

const rejected = (code: HubErrorCode, reason: string): FactDecision => ({ kind: "rejected", code, reason });

function isSame(fact: ValidFact, version: FactVersion): boolean {
  return version.digest === fact.digest;
}

// A file holds "A, then B corrects it": imported again, its first row must not contradict the B that is there now.
// A row that is no correction was taken then if any version says the same; a correction only if a correction does, so
// that going back to A by a correction is still possible.
function findReplayed(fact: ValidFact, versions: readonly FactVersion[]): FactVersion | undefined {
  return versions.find(
    (version) =>
      isSame(fact, version) &&
      (!fact.correction || version.correction) &&
      (fact.recordedAt === undefined || fact.recordedAt === version.recordedAt),
  );
}

function correct(fact: ValidFact, latest: FactVersion, clock: string): FactDecision {
  const nextInstant = new Date(Date.parse(latest.recordedAt) + 1).toISOString();
  if (fact.recordedAt === undefined)
    return { kind: "corrected", recordedAt: clock > nextInstant ? clock : nextInstant, replaces: latest };
  return fact.recordedAt > latest.recordedAt
    ? { kind: "corrected", recordedAt: fact.recordedAt, replaces: latest }
    : rejected("CONFLICT", "recordedAt: the version that this corrects was recorded later.");
}

function decideNamedCorrection(
  fact: ValidFact,
  versions: readonly FactVersion[],
  clock: string,
): FactDecision {
  const named = versions.find(({ id }) => id === fact.corrects);
  const latest = versions.find((version) => version.latest);
  if (!named || !latest)
    return rejected(
      "NOT_FOUND",
      "corrects: this enterprise has no such fact under this type and document number.",
    );
  if (isSame(fact, latest)) return { kind: "unchanged", id: latest.id };
  return named === latest
    ? correct(fact, latest, clock)
    : rejected("CONFLICT", `corrects: that version has been corrected since; the latest is ${latest.id}.`);
}

/**
 * Decides a row against all versions of its (type, document number, credit code), oldest first. `clock` is the recorded
 * time of this transaction. Same content: `unchanged`; other content: a correction when the row says so, else CONFLICT.
 */
export function decideFact(
  fact: ValidFact,
  versions: readonly FactVersion[],
  { clock, isReplay }: { readonly clock: string; readonly isReplay: boolean },
): FactDecision {
  if (fact.corrects !== undefined) return decideNamedCorrection(fact, versions, clock);
  const replayed = isReplay ? findReplayed(fact, versions) : undefined;
  if (replayed) return { kind: "unchanged", id: replayed.id };
  const latest = versions.find((version) => version.latest);
  if (!latest)
    return fact.correction
      ? rejected("NOT_FOUND", "correction: there is no fact of this type and document number to correct.")
      : { kind: "recorded", recordedAt: fact.recordedAt ?? clock };
  if (isSame(fact, latest)) return { kind: "unchanged", id: latest.id };
  if (fact.correction) return correct(fact, latest, clock);
  return rejected(
    "CONFLICT",
    "This type, document number and credit code are on record with other content; a correction must say so.",
  );
}
