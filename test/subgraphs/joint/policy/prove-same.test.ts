import { isNoticed, readExamples } from "../../../../gateway/cli/policy/examples";
import { mutateTable, type Mutation } from "../../../../subgraphs/joint/policy/compare/mutations";
import { proveSame } from "../../../../subgraphs/joint/policy/compare/prove-same";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import { compileModel } from "../../../../subgraphs/joint/policy/table/compile-table";
import { modelTable } from "../../../../subgraphs/joint/policy/table/table-model";
import { shippedPacks } from "../assessment/judged-cases";

const packOf = async (id: string): Promise<Pack> =>
  (await shippedPacks).packs.find(({ scheme }) => `${scheme.id}/${scheme.version}` === id)!;

function mutationsOf(
  pack: Pack,
): { readonly mutation: Mutation; readonly prove: () => ReturnType<typeof proveSame> }[] {
  const { names } = pack.program;
  return [...pack.tables.values()].flat().flatMap((source) => {
    const model = modelTable(source, { names });
    return mutateTable(source, compileModel(model)).map((mutation) => ({
      mutation,
      prove: () => proveSame(model, modelTable(mutation.source, { names })),
    }));
  });
}

test.each(["nb-smart-safety/2013.1", "bd-safe-honest/2023.1", "cz-attainment/2022.1"])(
  "no change that an example of %s notices is proven to change nothing",
  async (id) => {
    const pack = await packOf(id);
    const examples = await readExamples(pack);
    const noticed = mutationsOf(pack).filter(
      ({ mutation }) => isNoticed(mutation, examples, pack) === "NOTICED",
    );
    expect(noticed.length).toBeGreaterThan(50);
    expect(noticed.filter(({ prove }) => prove() === "SAME").map(({ mutation }) => mutation)).toEqual([]);
  },
);

const proofs = async (id: string, table: string, wanted: Partial<Mutation>) =>
  mutationsOf(await packOf(id))
    .filter(({ mutation }) => mutation.table === table)
    .filter(({ mutation }) =>
      Object.entries(wanted).every(([key, value]) => mutation[key as keyof Mutation] === value),
    )
    .map(({ prove }) => prove());

test("what an earlier row of a table of the first hit has settled makes no difference in a later one", async () => {
  const later = { row: "BD-TITLE-2", column: "track", after: "-" };
  expect(await proofs("bd-safe-honest/2023.1", "title", later)).toEqual(["SAME"]);
  const many = { row: "MY-I-6-1", column: "certificateLevel", after: "not(null)" };
  expect(await proofs("my-integrity-incentive/2018.1", "eligible", many)).toEqual(["SAME"]);
});

test("where inputs are compared with one another, every order in which they can stand is asked", async () => {
  const settled = { row: "BD-REVOKE-FATAL", column: "titleApprovedOn", after: "-" };
  expect(await proofs("bd-safe-honest/2023.1", "revocation", settled)).toEqual(["SAME"]);
  const real = { row: "BD-REVOKE-DISHONEST", column: "lastFatalAccidentOn", after: "null" };
  const [proof] = await proofs("bd-safe-honest/2023.1", "revocation", real);
  const { differOn } = proof as { readonly differOn: readonly string[] };
  const [approvedOn, accidentOn, dishonestyOn] = differOn as [string, string, string];
  expect(accidentOn < approvedOn && dishonestyOn >= approvedOn).toBe(true);
});
