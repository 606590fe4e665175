/** The question of a screening as somebody asks it: what no slice could be answered for is refused before there are slices. */
import { HubError } from "../../../schema/errors";
import { readAskedTime } from "../asked-time";
import type { PackRegistry } from "../policy/pack/pack";
import type { ScreeningQuestion } from "./screening";

/** A question whose day may be left open: then it is today's. */
export interface AskedScreening extends Omit<ScreeningQuestion, "asOf"> {
  readonly asOf: string | null;
}

/** The question in full. Refused are times that cannot be answered for, and a scheme that is not there on that day. */
export function readScreeningQuestion(asked: AskedScreening, registry: PackRegistry): ScreeningQuestion {
  const { purpose, scheme } = asked;
  const time = readAskedTime(asked.asOf, asked.knownAt, new Date());
  if (scheme !== null && !registry.find(scheme, time.asOf))
    throw new HubError("NOT_FOUND", "There is no such scheme; Query.schemes lists them.");
  return { purpose, scheme, ...time };
}
