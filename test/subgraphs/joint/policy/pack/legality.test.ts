import { legalityFaults, loadBasicList } from "../../../../../subgraphs/joint/policy/pack/legality";
import type { MeasureSpec } from "../../../../../subgraphs/joint/policy/pack/scheme-file";

const list = loadBasicList();
const punishment: MeasureSpec = {
  label: { zh: "限制投标", en: "Bids barred" },
  department: "CONSTRUCTION",
  direction: "PUNISHMENT",
  overrides: [],
  nationalClass: "MARKET_ACCESS",
  basis: "REGULATION",
};
const faultsOf = (change: Partial<MeasureSpec>, historical = false): readonly string[] =>
  legalityFaults({ historical, measures: { BID_BAR: { ...punishment, ...change } } }, list);

test("a bar from the market needs a law, a regulation or a central policy", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ basis: "LOCAL_POLICY" })).toEqual([
    expect.stringContaining("measures.BID_BAR: MARKET_ACCESS asks for"),
  ]);
});

test("key supervision may rest on a local policy", () => {
  expect(faultsOf({ nationalClass: "KEY_SUPERVISION", basis: "LOCAL_POLICY" })).toEqual([]);
});

test("a punishment of no class, or of one that the list does not have, is outside it", () => {
  const unclassed = Object.fromEntries(Object.entries(punishment).filter(([key]) => key !== "nationalClass"));
  const measures = { BID_BAR: unclassed as MeasureSpec };
  expect(legalityFaults({ historical: false, measures }, list)).toEqual([
    expect.stringContaining("names no class"),
  ]);
  expect(faultsOf({ nationalClass: "PILLORY" })).toEqual([expect.stringContaining("no class 'PILLORY'")]);
});

test("an incentive needs no class", () => {
  expect(faultsOf({ direction: "INCENTIVE", nationalClass: "PILLORY" })).toEqual([]);
});

test("what is outside the list loads as history", () => {
  expect(faultsOf({ basis: "LOCAL_POLICY" }, true)).toEqual([]);
});
