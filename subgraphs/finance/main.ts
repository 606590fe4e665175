import { runSubgraph } from "../shared/run-subgraph";
import { finance } from "./index";

runSubgraph(finance);
