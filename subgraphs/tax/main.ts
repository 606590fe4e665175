import { runSubgraph } from "../shared/run-subgraph";
import { tax } from "./index";

runSubgraph(tax);
