/** Finding enterprises by name. */
import { toCreditCode } from "../../schema/credit-code";
import { safety } from "../../subgraphs/safety";
import { readName } from "../../subgraphs/safety/search/readings";
import { cast } from "../../subgraphs/shared/demo-cast";
import { recordDemo } from "../../subgraphs/shared/record-demo";
import { type TestDepartment, openDepartment } from "./departments";

interface Connection {
  readonly edges: readonly {
    readonly node: { readonly creditCode: string; readonly asOf: string; readonly knownAt: null };
    readonly cursor: string;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let department: TestDepartment;
beforeAll(async () => {
  department = await openDepartment(safety);
  await recordDemo(department.subgraph.pool, safety);
});
afterAll(() => department.close());

const QUERY = `query($text: String!, $first: Int, $after: String) { found: searchEnterprises(text: $text, first: $first, after: $after) {
  edges { node { creditCode asOf knownAt } cursor } pageInfo { hasNextPage endCursor } } }`;
const search = async (text: string, page: { first?: number; after?: string | null } = {}) => {
  const { data, errors } = await department.ask(QUERY, { text, ...page });
  if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]);
  return data!["found"] as Connection;
};
const codesOf = ({ edges }: Connection) => edges.map(({ node }) => node.creditCode);
const nameOf = (creditCode: string) =>
  safety.demo.find((fact) => fact["creditCode"] === creditCode)!["name"] as string;

test.each([
  ["its name", nameOf(cast.beilunChemical)],
  ["its credit code", cast.beilunChemical],
  ["the beginning of its code, in lower case", "91330206fake0001"],
  ["two characters of its name", "北仑"],
  ["three characters of its name", "示例化"],
  ["its pinyin", "ningboshibeilunshilihuagongyouxiangongsi"],
  ["its pinyin with blanks and capitals", "Ningbo Shi Beilun Shili Huagong"],
  ["a part of its pinyin", "beilun"],
  ["its initials", "nbsblslhgyxgs"],
  ["a part of its initials", "blslhg"],
  ["two of its initials", "lh"],
  ["full-width letters", "ｂｅｉｌｕｎ"],
])("an enterprise is found by %s", async (_what, text) => {
  expect(codesOf(await search(text, { first: 100 }))).toContain(cast.beilunChemical);
});

test("a name with a surname of several readings is found by each of them", async () => {
  for (const text of ["shanshi", "danshi", "chanshi", "ningbochanshi", "nbss", "nbds", "nbcs"]) {
    expect(codesOf(await search(text, { first: 100 }))).toContain(cast.indebtedBuilder);
  }
  expect(readName("单").pinyin.toSorted()).toEqual(["chan", "dan", "shan"]);
});

test("what begins with the text comes before what holds it", async () => {
  const codes = codesOf(await search("宁波", { first: 100 }));
  const begins = (code: string) => nameOf(code).startsWith("宁波");
  expect(codes.map(begins)).toEqual(codes.map(begins).toSorted().toReversed());
  expect(codes.length).toBeGreaterThan(5);
});

test("an enterprise is shown as it stands today, as far as known now", async () => {
  const { edges } = await search(nameOf(cast.beilunChemical));
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  expect(edges[0]!.node).toEqual({ creditCode: cast.beilunChemical, asOf: today, knownAt: null });
});

test("pages of any length give every hit once, in the same order", async () => {
  const all = codesOf(await search("示例", { first: 100 }));
  expect(all.length).toBeGreaterThan(8);
  for (const first of [1, 3, 7]) {
    const codes: string[] = [];
    let page: Connection | undefined;
    do {
      page = await search("示例", { first, after: page?.pageInfo.endCursor ?? null });
      codes.push(...codesOf(page));
    } while (page.pageInfo.hasNextPage);
    expect(codes).toEqual(all);
  }
});

test("a name that was corrected or withdrawn finds nothing any more", async () => {
  const creditCode = toCreditCode("91330206FAKE002750");
  const record = `mutation($input: EnterpriseRegistrationInput!) { fact: recordEnterpriseRegistration(input: $input) { id } }`;
  await department.ask(record, { input: { creditCode, name: "宁波旧名贸易有限公司" } });
  const { data } = await department.ask(record, {
    input: { creditCode, name: "宁波新称贸易有限公司", correction: true },
  });
  expect(codesOf(await search("旧名"))).toEqual([]);
  expect(codesOf(await search("新称"))).toEqual([creditCode]);
  await department.ask(
    `mutation($id: ID!) { withdrawSafetyFact(type: EnterpriseRegistration, id: $id, reason: "test") { id } }`,
    { id: (data!["fact"] as { id: string }).id },
  );
  expect(codesOf(await search("xincheng"))).toEqual([]);
});

test.each([
  "%%",
  "__",
  "\\\\",
  "'; DROP TABLE enterprise_registration; --",
  "北%仑",
  "a_b",
  "😀😀",
  "{}",
  "[1]",
])("hostile text %j finds nothing and breaks nothing", async (text) => {
  expect(codesOf(await search(text))).toEqual([]);
});

test.each([
  [{ text: "北" }, "two characters at least"],
  [{ text: "  " }, "two characters at least"],
  [{ text: "a\u0000b" }, "control character"],
  [{ text: "a\u202eb" }, "control character"],
  [{ text: "名".repeat(201) }, "at most 200"],
  [{ text: "北仑", first: 0 }, "between 1 and 100"],
  [{ text: "北仑", first: 101 }, "between 1 and 100"],
  [{ text: "北仑", after: "nonsense" }, "no cursor"],
])("%j is refused with the reason", async ({ text, ...page }, reason) => {
  await expect(search(text, page)).rejects.toMatchObject({
    message: expect.stringContaining(reason),
    extensions: { code: "BAD_USER_INPUT" },
  });
});
