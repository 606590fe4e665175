/**
 * `npm run tck -- DIR`: runs the decision-table cases of the DMN TCK (github.com/dmn-tck/tck) through the policy compiler. DIR is
 * the TCK's folder or its TestCases. Literal expressions between the tables are evaluated by feelin, which the product does not
 * contain. Level 2 must pass in full; at level 3 what lies outside the profile is listed with the reason.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyError } from "../../subgraphs/joint/policy/contract";
import { Outside, openModel, type Model } from "./tck/model";
import { readCases, sameValue, type TckCase } from "./tck/cases";

interface Tally {
  passed: number;
  readonly failed: string[];
  /** By reason, the cases outside the profile. */
  readonly outside: Map<string, number>;
}

async function main([folder]: readonly string[]): Promise<number> {
  if (folder === undefined) {
    console.error("usage: npm run tck -- DIR (a checkout of github.com/dmn-tck/tck)");
    return 2;
  }
  const root = existsSync(join(folder, "TestCases")) ? join(folder, "TestCases") : folder;
  const two = await runLevel(join(root, "compliance-level-2"), () => true);
  report("level 2", two);
  const three = await runLevel(join(root, "compliance-level-3"), (xml) => xml.includes("decisionTable"));
  report("level 3, models with a decision table", three);
  const levelTwoWhole = two.failed.length === 0 && two.outside.size === 0;
  return levelTwoWhole && three.failed.length === 0 ? 0 : 1;
}

async function runLevel(folder: string, isWanted: (xml: string) => boolean): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: [], outside: new Map() };
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    const files = readdirSync(join(folder, name));
    const modelFile =
      files.find((file) => file === `${name}.dmn`) ?? files.find((file) => file.endsWith(".dmn"));
    const xml = modelFile === undefined ? "" : readFileSync(join(folder, name, modelFile), "utf8");
    if (!isWanted(xml)) continue;
    const model = await openModel(xml, name).catch(asOutside);
    for (const file of files.filter((one) => one.endsWith(".xml"))) {
      for (const test of readCases(readFileSync(join(folder, name, file), "utf8"))) {
        runCase(`${name} ${test.id}`, { test, model }, tally);
      }
    }
  }
  return tally;
}

function runCase(
  title: string,
  { test, model }: { test: TckCase; model: Model | Outside },
  tally: Tally,
): void {
  const name = title.split(" ")[0]!;
  for (const { decision, expected } of test.results) {
    try {
      if (model instanceof Outside) throw model;
      const actual = model.decide(decision, test.inputs);
      if (sameValue(actual, expected)) tally.passed++;
      else
        tally.failed.push(
          `${title} ${decision}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`,
        );
    } catch (error) {
      const reason = `${name}: ${asOutside(error).message}`;
      tally.outside.set(reason, (tally.outside.get(reason) ?? 0) + 1);
    }
  }
}

function asOutside(error: unknown): Outside {
  if (error instanceof Outside) return error;
  if (!(error instanceof PolicyError)) throw error;
  const [{ row, column, message }] = error.faults as [PolicyError["faults"][number]];
  return new Outside([row && `row ${row}`, column && `column ${column}`, message].filter(Boolean).join(", "));
}

function report(title: string, { passed, failed, outside }: Tally): void {
  const left = [...outside.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${title}: ${passed} results pass, ${failed.length} fail, ${left} outside the profile`);
  for (const line of failed) console.log(`  FAIL ${line}`);
  for (const [reason, count] of outside) console.log(`  outside (${count}) ${reason}`);
}

void main(process.argv.slice(2)).then((status) => (process.exitCode = status));
