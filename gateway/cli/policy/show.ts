/** `policy show PACK [--html]`: a pack as people read it. */
import { localDateAt } from "../../../schema/values";
import { toPolicyDocument } from "../../../subgraphs/joint/pages/policy-document";
import { renderPolicyPage } from "../../../subgraphs/joint/pages/policy-page";
import { describePack } from "../../../subgraphs/joint/policy/show/describe-pack";
import { renderText } from "../../../subgraphs/joint/policy/show/render";
import { findPack } from "./find-pack";

/** Prints the page; HTML is one file without scripts. Exit status 0. */
export async function runShow(args: readonly string[]): Promise<number> {
  const asHtml = args.includes("--html");
  const [named] = args.filter((one) => one !== "--html");
  if (named === undefined)
    throw new Error("policy show takes a pack: its folder, <scheme>/<version>, or <scheme>");
  const pack = await findPack(named, localDateAt(new Date()));
  process.stdout.write(asHtml ? renderPolicyPage(toPolicyDocument(pack)) : renderText(describePack(pack)));
  return 0;
}
