import { runImpact } from "../../../../gateway/cli/policy/impact";

const itself = "nb-smart-safety/2013.1";

test.each([
  [["nb-smart-safety"], /two packs are compared, not 1[\s\S]*usage: /],
  [["nb-smart-safety", "nb-smart-safty"], /there is no pack 'nb-smart-safty': give a folder.*nb-traffic/],
  [["nb-smart-safety", itself, "--as-of", "2026-02-30"], /--as-of 2026-02-30: /],
  [["nb-smart-safety", itself, "--facts", "/nowhere"], /--facts \/nowhere: there is no such folder/],
  [["nb-smart-safety", itself, "--facts", "subgraphs"], /safety\.ndjson is not there/],
  [["nb-smart-safety", itself, "--out", "/nowhere/x"], /the folder \/nowhere is not there/],
  [["nb-smart-safety", itself, "--loud"], /Unknown option '--loud'/],
])("a trial of %j is refused with the place and the remedy", async (args, sentence) => {
  await expect(runImpact(args)).rejects.toThrow(sentence);
});
