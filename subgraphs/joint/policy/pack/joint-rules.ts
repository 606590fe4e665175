/** The rules that hold between schemes, as data: which of two schemes' measures gives way, by which row, on what basis. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../../../../schema/root";

const row = { row: z.string(), legalBasis: z.string().min(1), zh: z.string().min(1), en: z.string().min(1) };
const jointRules = z.strictObject({
  source: z.string(),
  punishmentFirst: z.strictObject(row),
  listedElsewhere: z.strictObject({ ...row, lists: z.array(z.string()).min(1) }),
});

/** The rules between schemes. */
export type JointRules = z.infer<typeof jointRules>;
/** One of them, as far as it is shown. */
export type JointRule = JointRules["punishmentFirst"];

/** The name under which their rows are cited. */
export const JOINT_RULES_TABLE = "joint-rules";

const FILE = join(repositoryRoot, "subgraphs", "joint", "policies", `${JOINT_RULES_TABLE}.yaml`);
let loaded: JointRules | undefined;

/** The rules in force; read once. Throws when the file is not what it should be. */
export function loadJointRules(): JointRules {
  return (loaded ??= jointRules.parse(parse(readFileSync(FILE, "utf8"))));
}
