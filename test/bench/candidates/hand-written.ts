/**
 * The limit: what a programmer would write by hand for exactly these two operations, with the fastest HTTP client Node
 * has (undici's dispatch) and nothing general about it. No federation gateway can be expected to do less work.
 */
import { createServer, type ServerResponse } from "node:http";
import { Pool, type Dispatcher } from "undici";
import { DEPARTMENTS, EVIDENCE_SELECTION, type Department, type SubgraphName } from "../world/city";
import { DECISION_SELECTION, RECORD_SELECTIONS } from "../world/operations";

type Row = Readonly<Record<string, unknown>>;

const urls: Readonly<Record<SubgraphName, string>> = JSON.parse(process.env.BENCH_SUBGRAPHS ?? "{}");
const pools = new Map(
  Object.entries(urls).map(([name, url]) => [name, new Pool(new URL(url).origin, { connections: 64 })]),
);

const KEY = "creditCode asOf knownAt";
const ROOT_QUERY = `query($creditCodes:[CreditCode!]!,$asOf:LocalDate){enterprises(creditCodes:$creditCodes,asOf:$asOf){${KEY}}}`;
const ROOT_QUERY_ONE = `query($creditCode:CreditCode!,$asOf:LocalDate){enterprise(creditCode:$creditCode,asOf:$asOf){${KEY}}}`;
const entitiesQuery = (selection: string): string =>
  `query($representations:[_Any!]!){_entities(representations:$representations){...on Enterprise{${selection}}}}`;
const DECISION_QUERY = entitiesQuery(DECISION_SELECTION);

const headOf = (query: string, variable: string): string =>
  `{"query":${JSON.stringify(query)},"variables":{"${variable}":`;
const decisionHead = headOf(DECISION_QUERY, "representations");
const recordHeads = new Map(
  DEPARTMENTS.map((name) => [name, headOf(entitiesQuery(RECORD_SELECTIONS[name]), "representations")]),
);
const evidenceHeads = new Map(
  DEPARTMENTS.map((name) => [
    name,
    headOf(
      entitiesQuery(`${RECORD_SELECTIONS[name]} ${name}Evidence ${EVIDENCE_SELECTION}`),
      "representations",
    ),
  ]),
);

const requestHeaders = ["content-type", "application/json", "accept", "application/json"];

function ask(name: SubgraphName, body: string): Promise<{ readonly data: Row }> {
  return new Promise((resolve, reject) => {
    let text = "";
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    const handler: Dispatcher.DispatchHandler = {
      onConnect: () => undefined,
      onHeaders: (status) =>
        status === 200 ? true : (reject(new Error(`${name} answered ${status}`)), true),
      onData: (chunk) => {
        if (first === undefined) first = chunk;
        else (rest ??= [first]).push(chunk);
        return true;
      },
      onComplete: () => {
        text = rest ? Buffer.concat(rest).toString("utf8") : (first?.toString("utf8") ?? "");
        resolve(JSON.parse(text));
      },
      onError: reject,
    };
    pools.get(name)!.dispatch({ path: "/graphql", method: "POST", headers: requestHeaders, body }, handler);
  });
}

const entitiesOf = (answer: { readonly data: Row }): readonly Row[] =>
  answer.data._entities as readonly Row[];

async function askDepartments(keysJson: string, withEvidence: boolean): Promise<readonly (readonly Row[])[]> {
  const heads = withEvidence ? evidenceHeads : recordHeads;
  const answers = await Promise.all(DEPARTMENTS.map((name) => ask(name, `${heads.get(name)!}${keysJson}}}`)));
  return answers.map(entitiesOf);
}

function representationOf(key: Row, index: number, departments: readonly (readonly Row[])[]): Row {
  const evidence: Record<string, unknown> = { __typename: "Enterprise", ...key };
  DEPARTMENTS.forEach((name: Department, at) => {
    evidence[`${name}Evidence`] = departments[at]![index]![`${name}Evidence`];
  });
  return evidence;
}

async function check(keys: readonly Row[], withDecision: boolean): Promise<readonly Row[]> {
  const keysJson = JSON.stringify(keys.map((key) => ({ __typename: "Enterprise", ...key })));
  const departments = await askDepartments(keysJson, withDecision);
  const decisions = withDecision
    ? entitiesOf(
        await ask(
          "joint",
          `${decisionHead}${JSON.stringify(keys.map((key, index) => representationOf(key, index, departments)))}}}`,
        ),
      )
    : undefined;
  return keys.map((key, index) => {
    const enterprise: Record<string, unknown> = { creditCode: key.creditCode, asOf: key.asOf };
    DEPARTMENTS.forEach((name, at) => (enterprise[name] = departments[at]![index]![name]));
    if (decisions) enterprise.decision = decisions[index]!.decision;
    return enterprise;
  });
}

async function answer(body: string): Promise<string> {
  const { query, variables } = JSON.parse(body) as { readonly query: string; readonly variables: Row };
  const withDecision = query.includes("decision(");
  const isBatch = "creditCodes" in variables;
  const root = await ask(
    "joint",
    JSON.stringify({ query: isBatch ? ROOT_QUERY : ROOT_QUERY_ONE, variables }),
  );
  if (isBatch) {
    return JSON.stringify({
      data: { enterprises: await check(root.data.enterprises as readonly Row[], withDecision) },
    });
  }
  const [enterprise] = await check([root.data.enterprise as Row], withDecision);
  return JSON.stringify({ data: { enterprise } });
}

function send(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
  });
  response.end(json);
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    answer(chunks.length === 1 ? chunks[0]!.toString("utf8") : Buffer.concat(chunks).toString("utf8")).then(
      (json) => send(response, 200, json),
      (error: unknown) => send(response, 500, JSON.stringify({ errors: [{ message: String(error) }] })),
    );
  });
}).listen(Number(process.env.BENCH_PORT), "127.0.0.1");
