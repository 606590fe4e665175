/** Who asks a subgraph, and for what: handed on by the gateway, over HTTP in headers, in the same process as it is. */
import { randomUUID } from "node:crypto";

/** What travels beside an operation. `caller` is `everybody` and `purpose` null unless the gateway says otherwise. */
export interface RequestAttributes {
  readonly requestId: string;
  readonly caller: string;
  readonly purpose: string | null;
}

const ATTRIBUTE = /^[\x21-\x7e]{1,200}$/;

function attribute(value: unknown): string | undefined {
  return typeof value === "string" && ATTRIBUTE.test(value) ? value : undefined;
}

/**
 * The attributes of a request. `read` gives a header's value by its name in lower case (`x-hub-caller`,
 * `x-hub-purpose`, `x-request-id`); a malformed value counts as absent.
 */
export function readAttributes(read: (name: string) => unknown): RequestAttributes {
  return {
    requestId: attribute(read("x-request-id")) ?? randomUUID(),
    caller: attribute(read("x-hub-caller")) ?? "everybody",
    purpose: attribute(read("x-hub-purpose")) ?? null,
  };
}
