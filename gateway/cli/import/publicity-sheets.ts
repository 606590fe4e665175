/**
 * The national publicity sheets of administrative penalties and licences (行政许可和行政处罚等信用信息公示, the "double
 * publicity" data standard of 2018): which of their columns become which fields.
 */
import { fromTenThousands, nextDay, toDay } from "./cells";

type Convert = (text: string) => string | undefined;

/** Where a column goes. Columns of one field: the first that is filled wins, those with `joins` are put together. */
export interface ColumnMeaning {
  readonly field: string;
  readonly convert?: Convert;
  readonly joins?: true;
}

/** A kind of sheet. */
export interface PublicitySheet {
  /** The fact type by the department that records it. */
  readonly typeOf: (department: string | undefined) => string;
  readonly columns: ReadonlyMap<string, ColumnMeaning>;
}

// The sheets write a last day; facts hold up to the day before `validUntil`. 2099-12-31 stands for "without end".
const untilAfter: Convert = (text) => {
  const day = toDay(text);
  return day === "2099-12-31" || text === "长期" ? undefined : nextDay(day);
};

const SUBJECT: readonly (readonly [string, ColumnMeaning])[] = [
  ["行政相对人代码_1(统一社会信用代码)", { field: "creditCode" }],
  ["行政相对人代码_1", { field: "creditCode" }],
  ["行政相对人代码", { field: "creditCode" }],
  ["统一社会信用代码", { field: "creditCode" }],
];

// Columns that a department may add in the hub's own words.
const OWN_WORDS: readonly (readonly [string, ColumnMeaning])[] = [
  "department",
  "disclosure",
  "status",
  "correction",
].map((field) => [field, { field }]);

const PENALTY: PublicitySheet = {
  typeOf: () => "AdministrativePenalty",
  columns: new Map<string, ColumnMeaning>([
    ...SUBJECT,
    ...OWN_WORDS,
    ["行政处罚决定文书号", { field: "documentNumber" }],
    ["行政处罚决定书文号", { field: "documentNumber" }],
    ["处罚决定书文号", { field: "documentNumber" }],
    ["处罚决定文书号", { field: "documentNumber" }],
    ["违法行为类型", { field: "cause", joins: true }],
    ["违法事实", { field: "cause", joins: true }],
    ["处罚事由", { field: "cause", joins: true }],
    ["处罚依据", { field: "basis" }],
    ["处罚类别", { field: "kind" }],
    ["处罚种类", { field: "kind" }],
    ["处罚内容", { field: "content" }],
    ["罚款金额(万元)", { field: "fine", convert: fromTenThousands }],
    ["罚款金额(元)", { field: "fine" }],
    ["罚款金额", { field: "fine" }],
    ["处罚决定日期", { field: "occurredOn", convert: toDay }],
    ["处罚有效期", { field: "validUntil", convert: untilAfter }],
    ["处罚机关", { field: "authority" }],
  ]),
};

const LICENCE_TYPES: Readonly<Record<string, string>> = {
  TRANSPORT: "OperatorLicence",
  CONSTRUCTION: "WorksQualification",
};

const LICENCE: PublicitySheet = {
  typeOf: (department) => LICENCE_TYPES[department ?? ""] ?? "SafetyLicence",
  columns: new Map<string, ColumnMeaning>([
    ...SUBJECT,
    ...OWN_WORDS,
    ["行政许可决定文书号", { field: "documentNumber" }],
    ["行政许可决定书文号", { field: "documentNumber" }],
    ["许可决定书文号", { field: "documentNumber" }],
    ["许可编号", { field: "documentNumber" }],
    ["许可证书名称", { field: "kind" }],
    ["许可类别", { field: "kind" }],
    ["许可决定日期", { field: "occurredOn", convert: toDay }],
    ["有效期自", { field: "validFrom", convert: toDay }],
    ["有效期至", { field: "validUntil", convert: untilAfter }],
    ["许可机关", { field: "authority" }],
  ]),
};

const MARKS: readonly (readonly [RegExp, PublicitySheet])[] = [
  [/处罚/, PENALTY],
  [/许可/, LICENCE],
];

/** A header in one form: full width to half width, no blanks, no marks of an obligatory column. */
export function normaliseHeader(text: string): string {
  return text.normalize("NFKC").replace(/[\s*]/g, "");
}

/** The kind of sheet a header row belongs to, or nothing when it is not one of these sheets. */
export function findPublicitySheet(headers: readonly string[]): PublicitySheet | undefined {
  if (!headers.some((header) => SUBJECT.some(([name]) => name === header))) return undefined;
  return MARKS.find(([mark]) => headers.some((header) => mark.test(header)))?.[1];
}
