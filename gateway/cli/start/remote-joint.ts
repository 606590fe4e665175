/** What the gateway shows of `joint` beside the graph, when `joint` is a service of its own. */
import type { GatewayParts } from "../../start-gateway";
import { pageOf } from "./joint-page";

const TIMEOUT_MS = 2_000;
const KEYS = "{ receiptKeys { kid x validFrom validUntil revokedAt } }";
const PAGE = "query ($path: String!) { publicPage(path: $path) { contentSecurityPolicy html } }";

interface ReceiptKey {
  readonly kid: string;
  readonly x: string;
}

/** The published keys and pages of the service at `url`; they fail while it cannot be asked. */
export function remoteJointParts(url: string): Pick<GatewayParts, "publishedKeys" | "publicPages"> {
  return {
    async publishedKeys() {
      const { receiptKeys } = await ask<{ receiptKeys: readonly ReceiptKey[] }>(url, { query: KEYS });
      return {
        keys: receiptKeys.map((key) => ({ kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig", ...key })),
      };
    },
    async publicPages(path) {
      const { publicPage } = await ask<{ publicPage: Parameters<typeof pageOf>[0] | null }>(url, {
        query: PAGE,
        variables: { path },
      });
      return publicPage ? pageOf(publicPage) : undefined;
    },
  };
}

async function ask<Data>(url: string, operation: { query: string; variables?: object }): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(operation),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const { data } = (await response.json()) as { data?: Data | null };
  if (!data) throw new Error(`joint at ${url} did not answer what it publishes (status ${response.status})`);
  return data;
}
