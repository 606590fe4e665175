/** What a started hub says of itself. */
import { relative } from "node:path";
import { cast } from "../../../subgraphs/shared/demo-cast";
import type { Hub } from "./hub";
import type { HubConfig } from "./config";

/** Addresses, and a request to paste. */
export function describeHub({ gatewayUrl, postgresPort }: Hub, config: HubConfig): string {
  const departments = Object.entries(config.gateway.subgraphUrls).map(([name, url]) => {
    const isStarted = name === "joint" || config.departments.some((department) => department.name === name);
    return `  ${name.padEnd(13)} ${url}${isStarted ? "" : "  (not started here)"}`;
  });
  const query = `{ enterprise(creditCode: "${cast.beilunChemical}", asOf: "2013-12-31") { decision(purpose: LOAN) { outcome sentence(language: EN) missing { department } } } }`;
  const body = JSON.stringify({ query }).replaceAll("'", "'\\''");
  return [
    `  ${"graph".padEnd(13)} ${gatewayUrl}/graphql`,
    `  ${"explorer".padEnd(13)} ${gatewayUrl}/graphiql`,
    `  ${"health".padEnd(13)} ${gatewayUrl}/readyz`,
    ...departments,
    ...(postgresPort ? [`  ${"postgres".padEnd(13)} 127.0.0.1:${postgresPort}`] : []),
    `  ${"data".padEnd(13)} ${relative(process.cwd(), config.dataDir) || config.dataDir}`,
    "",
    "The hub listens on this machine only: callers are not identified yet. Try:",
    "",
    `  curl -s ${gatewayUrl}/graphql -H 'content-type: application/json' -d '${body}'`,
    "",
  ].join("\n");
}
