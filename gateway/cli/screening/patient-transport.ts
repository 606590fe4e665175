/**
 * Asks a department again that was too busy to answer, before it counts as silent: nobody waits at a screen, and one that is
 * silent leaves every enterprise of a slice undetermined. A department that stays silent costs this patience once; from then on
 * until it answers again it is asked shortly and once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  TransportError,
  type RequestContext,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
} from "../../engine/contract";

/** How patiently a department is asked. The pause doubles each time, and is up to as long again, at random. */
export interface Patience {
  readonly attemptsMax: number;
  readonly attemptMs: number;
  readonly firstPauseMs: number;
  /** How long one that has been silent is waited for. */
  readonly silentMs: number;
}

/** The patience of a screening: at most 55 s in all. */
export const SCREENING_PATIENCE: Patience = {
  attemptsMax: 4,
  attemptMs: 10_000,
  firstPauseMs: 1_000,
  silentMs: 2_000,
};

/** Nonsense and what is too large will not be better the next time. */
const PASSING: ReadonlySet<TransportError["reason"]> = new Set([
  "unreachable",
  "timeout",
  "status",
  "breaker_open",
]);

/** Wraps the transport of a department. Only reads are asked again. */
export function askPatiently(inner: Transport, patience: Patience): Transport {
  let isSilent = false;

  async function ask(request: SubgraphRequest, context: RequestContext): Promise<SubgraphResponse> {
    const attemptsMax = isSilent ? 1 : patience.attemptsMax;
    const attemptMs = isSilent ? patience.silentMs : patience.attemptMs;
    let pauseMs = patience.firstPauseMs;
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(inner, request, within(context, attemptMs));
      if (!outcome.isBusy) {
        isSilent = false;
        return outcome.give();
      }
      pauseMs *= 1 + Math.random();
      if (attempt >= attemptsMax || performance.now() + pauseMs >= context.deadlineAt) {
        isSilent = true;
        return outcome.give();
      }
      await sleep(pauseMs);
    }
  }

  return {
    ...inner,
    send: (request, context) => (request.isMutation ? inner.send(request, context) : ask(request, context)),
  };
}

interface Outcome {
  readonly isBusy: boolean;
  /** The answer, or the error thrown. */
  readonly give: () => SubgraphResponse;
}

async function attemptOnce(
  inner: Transport,
  request: SubgraphRequest,
  context: RequestContext,
): Promise<Outcome> {
  try {
    const response = await inner.send(request, context);
    return { isBusy: saysUnavailable(response), give: () => response };
  } catch (error) {
    const isBusy = error instanceof TransportError && PASSING.has(error.reason);
    return {
      isBusy,
      give: () => {
        throw error;
      },
    };
  }
}

/** The department is there, and its database is not. */
function saysUnavailable({ errors }: SubgraphResponse): boolean {
  return errors?.some(({ extensions }) => extensions?.["code"] === "DEPARTMENT_UNAVAILABLE") ?? false;
}

function within(context: RequestContext, attemptMs: number): RequestContext {
  return { ...context, deadlineAt: Math.min(context.deadlineAt, performance.now() + attemptMs) };
}
