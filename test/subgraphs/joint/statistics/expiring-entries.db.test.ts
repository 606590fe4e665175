/** How many entries expire within thirty working days, counted where they are kept. */
import { type Fact, openTestGraph, type TestGraph } from "../../graph";

const list = "JOINT_PUNISHMENT_OBJECT";
const [first, second, third] = ["91510700FAKE00013G", "91510700FAKE01053U", "91510700FAKE02017B"] as const;
let graph: TestGraph;

const entry = (creditCode: string, publishedOn: string, own: Fact = {}): Fact => ({
  type: "ListEntry",
  creditCode,
  list,
  level: "PROVINCE",
  publishedOn,
  ...own,
});

beforeAll(async () => {
  graph = await openTestGraph();
  await graph.record("SAFETY", [
    entry(first, "2018-08-20"),
    entry(second, "2018-08-20"),
    entry(third, "2018-08-20", { endedOn: "2019-07-15" }),
    entry(third, "2018-08-20", { list: "HONOUR_ROLL", documentNumber: "H-1" }),
    {
      type: "ProcedureStep",
      creditCode: second,
      procedure: "REMOVAL",
      list,
      step: "REMOVED",
      on: "2019-07-20",
    },
  ]);
  await graph.record("TAX", [entry(third, "2018-09-03", { list: "SAFETY_BLACKLIST" })]);
}, 120_000);
afterAll(() => graph.close());
beforeEach(() => graph.silent.clear());

async function tell(asOf: string, scheme = "my-integrity-punish") {
  const { data } = await graph.ask(
    `query ($scheme: ID!, $asOf: LocalDate!) { statistics(scheme: $scheme, asOf: $asOf) {
      figures { name base value unit } missing { department figures } } }`,
    { scheme, asOf },
  );
  return data!["statistics"] as { readonly figures: readonly Fact[]; readonly missing: readonly Fact[] };
}

const expiring = async (asOf: string) => {
  const { figures } = await tell(asOf);
  const { base, value } = figures.find(({ name }) => name === "entriesExpiringWithin30WorkingDays") ?? {};
  return [base, value];
};

test("an entry counts from the first of the thirty working days to the day before its term ends, and not once it is removed", async () => {
  expect(await expiring("2019-07-08")).toEqual([4, "0"]);
  expect(await expiring("2019-07-09")).toEqual([4, "3"]);
  expect(await expiring("2019-07-15")).toEqual([3, "2"]);
  expect(await expiring("2019-07-20")).toEqual([2, "1"]);
  expect(await expiring("2019-07-22")).toEqual([2, "1"]);
  expect(await expiring("2019-08-20")).toEqual([2, "1"]);
});

test("while a department that keeps lists is silent the figure is not told, and the department is named", async () => {
  graph.silent.add("tax");
  const { figures, missing } = await tell("2019-07-09");
  expect(figures.map(({ name }) => name)).not.toContain("entriesExpiringWithin30WorkingDays");
  expect(missing).toEqual([
    { department: "TAX", figures: expect.arrayContaining(["entriesExpiringWithin30WorkingDays"]) },
  ]);
});

test("a scheme whose lists have no window of removal has no such figure", async () => {
  const { figures } = await tell("2019-07-09", "spt-benchmark");
  expect(figures.map(({ name }) => name)).not.toContain("entriesExpiringWithin30WorkingDays");
});
