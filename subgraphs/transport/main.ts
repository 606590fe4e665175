import { runSubgraph } from "../shared/run-subgraph";
import { transport } from "./index";

runSubgraph(transport);
