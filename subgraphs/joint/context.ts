/** What the resolvers of `joint` are given with every request. */
import type { RequestAttributes } from "../shared/request-context";
import type { Decisions } from "./judgement/decisions";
import type { Ledger } from "./ledger/ledger";
import type { PackRegistry } from "./policy/pack/pack";
import type { Screenings } from "./screening/screenings";

/** The context of a request to `joint`. */
export interface JointContext extends RequestAttributes {
  readonly registry: PackRegistry;
  readonly decisions: Decisions;
  readonly ledger: Ledger;
  readonly screenings: Screenings;
}
