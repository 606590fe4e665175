/** Retries help against single faults and do harm in an outage: a budget keeps them to a share of the requests. */

/** Counts requests and retries of one subgraph. */
export interface RetryBudget {
  /** Counts a request. */
  readonly deposit: () => void;
  /** True when a retry may be made; it is counted. */
  readonly withdraw: () => boolean;
}

/** `ratio` retries per request on average, and up to `reserve` of them at once. */
export function createRetryBudget({ ratio, reserve }: { ratio: number; reserve: number }): RetryBudget {
  let balance = reserve;
  return {
    deposit: () => void (balance = Math.min(reserve, balance + ratio)),
    withdraw: () => balance >= 1 && balance-- >= 1,
  };
}
