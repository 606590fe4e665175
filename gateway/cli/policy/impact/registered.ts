/** Who an enterprise is, as its evidence tells: the registration that holds. */
import type { Tried } from "../../../../subgraphs/joint/impact/tally";
import type { Evidence } from "../../../../subgraphs/joint/evidence/evidence";

/** Name, trade and place as registered; empty where nothing is recorded or safety was silent. */
export function readRegistered(creditCode: string, { SAFETY }: Evidence, asOf: string): Tried {
  const registrations = SAFETY.status === "KNOWN" ? SAFETY.facts : [];
  const holding = registrations.findLast(
    ({ type, status, validFrom, validUntil }) =>
      type === "EnterpriseRegistration" &&
      status !== "WITHDRAWN" &&
      (validFrom ?? "") <= asOf &&
      (validUntil === null || asOf < validUntil),
  );
  const text = (name: string): string => {
    const value = holding?.values[name];
    return typeof value === "string" ? value : "";
  };
  return { creditCode, name: text("name"), industry: text("industry"), district: text("district") };
}
