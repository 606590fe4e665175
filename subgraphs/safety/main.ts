import { runSubgraph } from "../shared/run-subgraph";
import { safety } from "./index";

runSubgraph(safety);
