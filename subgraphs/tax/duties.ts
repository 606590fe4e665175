/** What the department tells of those over whom something may be due. */
import { defineDuties } from "../shared/duties";
import { enterprise } from "./enterprise";

/** Its part in lists of duties. */
export const duties = defineDuties("TAX", enterprise, { keepsRegister: false });
