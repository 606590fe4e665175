/** What the resolvers of `joint` are given with every request. */
import type { RequestAttributes } from "../shared/request-context";
import type { Bench } from "./judgement/case";
import type { Decisions } from "./judgement/decisions";
import type { Ledger } from "./ledger/ledger";
import type { PublishedKeys } from "./ledger/published-keys";
import type { PublicPages } from "./pages/public-pages";
import type { Screenings } from "./screening/screenings";

/** The context of a request to `joint`. */
export interface JointContext extends RequestAttributes, Bench {
  readonly decisions: Decisions;
  readonly ledger: Ledger;
  readonly publishedKeys: () => Promise<PublishedKeys>;
  readonly publicPages: PublicPages;
  readonly screenings: Screenings;
}
