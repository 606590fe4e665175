/** `policy show DIR [--html]`: a pack as people read it. */
import { toPolicyDocument } from "../../../subgraphs/joint/pages/policy-document";
import { renderPolicyPage } from "../../../subgraphs/joint/pages/policy-page";
import { describePack } from "../../../subgraphs/joint/policy/show/describe-pack";
import { renderText } from "../../../subgraphs/joint/policy/show/render";
import { readPackAt } from "./pack-folders";

/** Prints the page; HTML is one file without scripts. Exit status 0. */
export async function runShow(args: readonly string[]): Promise<number> {
  const asHtml = args.includes("--html");
  const [folder] = args.filter((one) => one !== "--html");
  if (folder === undefined) throw new Error("policy show takes the folder of a pack");
  const pack = await readPackAt(folder);
  process.stdout.write(asHtml ? renderPolicyPage(toPolicyDocument(pack)) : renderText(describePack(pack)));
  return 0;
}
