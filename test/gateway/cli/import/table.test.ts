import { fromTenThousands, toDay } from "../../../../gateway/cli/import/cells";
import { isHeader, readTable } from "../../../../gateway/cli/import/table";

const CODE = "91330206FAKE000138";

test("a header row of field names makes facts of one type", () => {
  const reader = readTable(["creditCode", "documentNumber", "since", "amount"], { type: "TaxArrears" });
  expect(reader.toRow([CODE, "T-1", "2024/3/5", "100.00"]).fact).toEqual({
    type: "TaxArrears",
    creditCode: CODE,
    documentNumber: "T-1",
    since: "2024-03-05",
    amount: "100.00",
  });
});

test("the penalty sheet of the national standard becomes administrative penalties", () => {
  const header = [
    "行政相对人名称*",
    "行政相对人代码_1（统一社会信用代码）",
    "行政处罚决定书文号",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "处罚内容",
    "罚款金额（万元）",
    "处罚决定日期",
    "处罚机关",
    "备注",
  ];
  expect(isHeader(header)).toBe(true);
  const reader = readTable(header, { department: "SAFETY" });
  const cells = [
    "示例企业",
    CODE,
    "甬应急罚〔2024〕1号",
    "违反培训规定",
    "无证上岗",
    "安全生产法",
    "罚款",
    "罚款五万元",
    "5.5",
    "2024年5月20日",
    "宁波市应急管理局",
    "",
  ];
  expect(reader.toRow(cells).fact).toEqual({
    type: "AdministrativePenalty",
    department: "SAFETY",
    creditCode: CODE,
    documentNumber: "甬应急罚〔2024〕1号",
    cause: "违反培训规定：无证上岗",
    basis: "安全生产法",
    kind: "罚款",
    content: "罚款五万元",
    fine: "55000.00",
    occurredOn: "2024-05-20",
    authority: "宁波市应急管理局",
  });
  expect(reader.columnsLeftOut).toEqual(["行政相对人名称*".replace("*", ""), "备注"]);
});

test("the last day of a licence is the day before its validUntil, and 2099-12-31 is no end", () => {
  const header = [
    "行政相对人名称",
    "统一社会信用代码",
    "行政许可决定文书号",
    "许可证书名称",
    "许可决定日期",
    "有效期自",
    "有效期至",
    "许可机关",
  ];
  const reader = readTable(header, {});
  const read = (until: string) =>
    reader.toRow(["示例", CODE, "许1", "安全生产许可证", "2024-01-01", "2024/01/01", until, "局"]).fact;
  expect(read("2026/12/31")).toMatchObject({
    type: "SafetyLicence",
    kind: "安全生产许可证",
    validFrom: "2024-01-01",
    validUntil: "2027-01-01",
  });
  expect(read("2099-12-31")).not.toHaveProperty("validUntil", expect.anything());
});

test("a licence of the transport department is an operator's licence", () => {
  const reader = readTable(["统一社会信用代码", "许可编号", "许可类别"], { department: "TRANSPORT" });
  expect(reader.toRow([CODE, "1", "普通"]).fact).toMatchObject({
    type: "OperatorLicence",
    documentNumber: "1",
  });
});

test("a title line and a sheet of something else are no header", () => {
  expect(isHeader(["行政处罚信息公示表"])).toBe(false);
  expect(isHeader(["name", "amount"])).toBe(false);
});

test("a formula that a reject file made harmless comes back as it was", () => {
  const reader = readTable(["creditCode", "points"], { type: "DynamicPoints" });
  expect(reader.toRow([CODE, "'-5"]).fact).toMatchObject({ points: "-5" });
});

test("sums in units of 10,000 yuan are exact", () => {
  expect(fromTenThousands("0.000001")).toBe("0.01");
  expect(fromTenThousands("5")).toBe("50000.00");
  expect(fromTenThousands("12.345678")).toBe("123456.78");
  expect(fromTenThousands("about 5")).toBe("about 5");
});

test.each([
  ["2024-05-01", "2024-05-01"],
  ["2024/5/1", "2024-05-01"],
  ["2024年5月1日", "2024-05-01"],
  ["20240501", "2024-05-01"],
  ["1 May 2024", "1 May 2024"],
])("a day written %s is read as %s", (written, day) => expect(toDay(written)).toBe(day));
