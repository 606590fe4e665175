/** `npm run hub -- <command>`: one file a command, loaded when it is called. */

/** A command: takes the arguments behind its name, gives the exit status. */
export interface Command {
  run(args: readonly string[]): Promise<number>;
}

interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  import: { summary: "facts from NDJSON, CSV and xlsx files", load: () => import("./import.js") },
  cases: {
    summary: "acceptance cases, one line each, and how many passed",
    load: () => import("./cases.js"),
  },
  policy: { summary: "policy packs: checked, compared, shown, exchanged", load: () => import("./policy.js") },
  generate: {
    summary: "a synthetic city as NDJSON, one file a department",
    load: () => import("./generate.js"),
  },
  "ensure-databases": {
    summary: "the six databases and roles on a PostgreSQL server of your own",
    load: () => import("./ensure-databases.js"),
  },
  "check-health": {
    summary: "whether an address answers that it is ready",
    load: () => import("./check-health.js"),
  },
  subgraph: { summary: "one subgraph alone", load: () => import("./subgraph.js") },
  screen: {
    summary: "one decision for each of many enterprises, into a file",
    load: () => import("./screen.js"),
  },
  worker: {
    summary: "another worker of screenings, on this machine or on another",
    load: () => import("./worker.js"),
  },
  schema: {
    summary: "SDL snapshots of the subgraphs and the supergraph, written anew",
    load: () => import("./schema.js"),
  },
  receipt: {
    summary: "signed decisions: verify, show, replay; their keys",
    load: () => import("./receipt.js"),
  },
};

function describeCommands(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(17)} ${summary}`);
  return ["usage: npm run hub -- <command> [arguments]", "", ...lines].join("\n");
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command) return (await command.load()).run(args);
  const isHelp = name === undefined || name === "help" || name === "--help";
  if (!isHelp) console.error(`hub: there is no command '${name}'`);
  console.error(describeCommands());
  return isHelp ? 0 : 2;
}

// Whoever reads the output may stop when he has seen enough (`hub policy show DIR | head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(`hub: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
