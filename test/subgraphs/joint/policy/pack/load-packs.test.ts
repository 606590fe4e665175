/** Which pack, in which version, judges whom. */
import { FACT_DEPARTMENTS } from "../../../../../schema/fact-catalogue";
import type { Evidence } from "../../../../../subgraphs/joint/evidence/evidence";
import { registerPacks } from "../../../../../subgraphs/joint/policy/pack/load-packs";
import type { Pack } from "../../../../../subgraphs/joint/policy/pack/pack";
import { shippedPacks } from "../../assessment/judged-cases";

const nothing = Object.fromEntries(
  FACT_DEPARTMENTS.map((department) => [department, { status: "KNOWN", facts: [] }]),
) as unknown as Evidence;

function version(pack: Pack, effectiveFrom: string, effectiveUntil: string | null): Pack {
  return { ...pack, scheme: { ...pack.scheme, version: effectiveFrom, effectiveFrom, effectiveUntil } };
}

test("the version in force on the day is found, outside all terms the nearest", async () => {
  const pack = (await shippedPacks).find("nb-smart-safety", "2015-01-01")!;
  const registry = registerPacks([
    version(pack, "2016-01-01", null),
    version(pack, "2013-01-01", "2016-01-01"),
  ]);
  const found = (day: string) => registry.find("nb-smart-safety", day)?.scheme.version;
  expect(["2012-12-31", "2013-01-01", "2015-12-31", "2016-01-01"].map(found)).toEqual([
    "2013-01-01",
    "2013-01-01",
    "2013-01-01",
    "2016-01-01",
  ]);
  expect(registry.find("nobody", "2015-01-01")).toBeUndefined();
});

test("a later version from the same day on corrects the earlier one", async () => {
  const pack = (await shippedPacks).find("nb-smart-safety", "2015-01-01")!;
  const numbered = (name: string): Pack => ({ ...pack, scheme: { ...pack.scheme, version: name } });
  const registry = registerPacks([numbered("2013.10"), numbered("2013.9"), numbered("2013.1")]);
  expect(registry.find("nb-smart-safety", "2015-01-01")?.scheme.version).toBe("2013.10");
  expect(registry.packs).toHaveLength(3);
});

test("an enterprise is judged by the pack of the place that registered it", async () => {
  const registry = await shippedPacks;
  const chosen = (creditCode: string) =>
    registry.choose({ creditCode, evidence: nothing }, "2019-01-01")?.scheme.id;
  expect(chosen("91330206FAKE000138")).toBe("nb-smart-safety");
  expect(chosen("91510700FAKE00013G")).toBe("my-integrity-punish");
  expect(chosen("91999999FAKE000138")).toBe("nb-smart-safety");
});

test("a correction says anew for whom a pack is chosen: a lift unit is judged by the pack that knows its insurance too", async () => {
  const { packs } = await shippedPacks;
  const registered = {
    type: "EnterpriseRegistration",
    values: { name: "维保", sector: "LIFT_MAINTENANCE" },
  };
  const evidence = { ...nothing, SAFETY: { status: "KNOWN", facts: [registered] } } as unknown as Evidence;
  const subject = { creditCode: "91330206FAKE000138", evidence };
  const choose = (of: readonly Pack[]) => registerPacks(of).choose(subject, "2019-01-01")?.scheme.id;
  const isCorrection = ({ scheme }: Pack) =>
    scheme.id === "nb-lift-maintenance" && scheme.version !== "2015.1";
  expect(choose(packs.filter((pack) => !isCorrection(pack)))).toBe("nb-lift-maintenance");
  expect(choose(packs)).toBe("nb-smart-safety");
});
