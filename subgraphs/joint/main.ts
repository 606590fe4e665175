import { join } from "node:path";
import { repositoryRoot } from "../../schema/root";
import { runSubgraph } from "../shared/run-subgraph";
import { defineJoint } from "./index";
import { readDecisionMemory } from "./read-decision-memory";

const dataFolder = process.env["HUB_DATA_DIR"] ?? join(repositoryRoot, ".hub");
runSubgraph(defineJoint({ keysFolder: join(dataFolder, "keys"), remember: readDecisionMemory(process.env) }));
