/** Errors that are shown to callers as they are. Anything else thrown is ours and is shown as INTERNAL_SERVER_ERROR. */
import { GraphQLError } from "graphql";

/** Codes a caller may meet in `extensions.code` of an error that a subgraph wrote for it. */
export const hubErrorCodes = [
  "BAD_USER_INPUT",
  "INVALID_CREDIT_CODE",
  "CONFLICT",
  "NOT_FOUND",
  "FORBIDDEN",
  "PROCEDURE_STEP_OUT_OF_ORDER",
  "LIMIT_EXCEEDED",
  "DEPARTMENT_UNAVAILABLE",
  "SERVICE_UNAVAILABLE",
] as const;

/** One of the codes above. */
export type HubErrorCode = (typeof hubErrorCodes)[number];

/** The caller's fault, said in one sentence that names the place and the remedy. Never holds SQL, paths or hosts. */
export class HubError extends GraphQLError {
  constructor(
    readonly code: HubErrorCode,
    sentence: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(sentence, { extensions: { code, ...details } });
    this.name = "HubError";
  }
}
