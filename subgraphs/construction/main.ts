import { runSubgraph } from "../shared/run-subgraph";
import { construction } from "./index";

runSubgraph(construction);
