/** The question of a screening as somebody asks it: what no slice could be answered for is refused before there are slices. */
import { HubError } from "../../../schema/errors";
import { readAskedTime } from "../asked-time";
import type { PackRegistry } from "../policy/pack/pack";
import type { ScreeningQuestion } from "./screening";

/** A question whose day may be left open: then it is today's. */
export interface AskedScreening extends Omit<ScreeningQuestion, "asOf"> {
  readonly asOf: string | null;
}

/** The question with its day. Throws a HubError for times that cannot be answered for. */
export function readScreeningQuestion({ purpose, scheme, asOf, knownAt }: AskedScreening): ScreeningQuestion {
  return { purpose, scheme, ...readAskedTime(asOf, knownAt, new Date()) };
}

/** Throws a HubError when the question names a scheme that is not there on its day. */
export function requireScheme({ scheme, asOf }: ScreeningQuestion, registry: PackRegistry): void {
  if (scheme !== null && !registry.find(scheme, asOf))
    throw new HubError("NOT_FOUND", "There is no such scheme; Query.schemes lists them.");
}
