/** What a pack says, arranged for reading: who made it, what it leaves open, what it counts, and its tables row by row. */
import { stringify } from "yaml";
import type { Pack } from "../pack/pack";
import type { SourceRow, TableSource } from "../table/table-source";

/** A part of the page: paragraphs, then perhaps a table. */
export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
}

/** A page, to be shown as text or HTML. */
export interface Page {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

/** Describes a pack. Nothing is left out that changes a decision; texts are the pack's own. */
export function describePack(pack: Pack): Page {
  const { scheme, title, file } = pack;
  const until = scheme.effectiveUntil ? `止于 until ${scheme.effectiveUntil}` : "长期 without end";
  return {
    title: `${title.zh} ${title.en}`,
    subtitle: `${scheme.id} ${scheme.version} · 自 from ${scheme.effectiveFrom} ${until} · ${pack.jurisdiction} · SHA-256 ${scheme.sha256}`,
    sections: [
      ...(scheme.historical ? [HISTORICAL] : []),
      {
        heading: "来源 Sources",
        paragraphs: file.sources.map((one) => [one.title, one.file, one.note].filter(Boolean).join(" · ")),
      },
      ...(file.readings.length > 0
        ? [{ heading: "读法 How damaged or ambiguous text is read", paragraphs: file.readings }]
        : []),
      describeParameters(pack),
      describeIndicators(pack),
      ...[...pack.tables].flatMap(([name, tables]) => tables.map((table) => describeTable(table, name))),
      describeMeasures(pack),
      ...describeRest(pack),
    ].filter((section) => section.paragraphs.length > 0 || (section.rows?.length ?? 0) > 0),
  };
}

const HISTORICAL: Section = {
  heading: "仅供历史参考 Historical",
  paragraphs: [
    "其措施缺乏现行依据，每项决定均附此警示。 Measures without basis in law in force: every decision carries this warning.",
  ],
};

// Parts that are read as they are written; their keys are explained in subgraphs/joint/policies/README.md.
const OTHER_PARTS = [
  ["lists", "名单 Lists"],
  ["procedures", "程序 Procedures"],
  ["picks", "取值 Which value is read"],
  ["sums", "合计 Sums"],
  ["memberships", "属于清单 Memberships"],
  ["periods", "时段 Periods"],
] as const;

/** Everything of a pack that is neither table, parameter, indicator nor measure: one section a part, as written. */
export function describeRest({ file }: Pack): readonly Section[] {
  return OTHER_PARTS.map(([key, heading]) => describeOther(heading, file[key]));
}

function describeOther(
  heading: string,
  part: Readonly<Record<string, unknown>> | readonly { name: string }[],
): Section {
  const entries = Array.isArray(part)
    ? part.map((one: { name: string }) => [one.name, one] as const)
    : Object.entries(part);
  return {
    heading,
    paragraphs: [],
    columns: ["名称 name", "内容 as written"],
    rows: entries.map(([name, content]) => [name, stringify(content, { lineWidth: 0 }).trim()]),
  };
}

function describeParameters({ parameters }: Pack): Section {
  return {
    heading: "参数 Parameters",
    paragraphs: [],
    columns: ["名称 name", "值 value", "原文未定 open", "说明 note"],
    rows: parameters.map(({ name, value, open, note }) => [
      name,
      JSON.stringify(value),
      open ? "是 yes" : "",
      note,
    ]),
  };
}

function describeIndicators({ file }: Pack): Section {
  const rows = Object.entries(file.indicators).map(([name, one]) => {
    const filter = Object.entries(one.where).map(([field, test]) => `${field}: ${test}`);
    const window = one.window ? [`窗口 window ${JSON.stringify(one.window)}`] : [];
    const counted = [`${one.aggregate}${one.field ? ` ${one.field}` : ""}`, ...filter, ...window].join("; ");
    return [name, `${one.label.zh} ${one.label.en}`, one.facts, counted, one.legalBasis ?? ""];
  });
  return {
    heading: "指标 Indicators",
    paragraphs: [],
    columns: ["名称 name", "含义 meaning", "事实 facts", "统计 counted", "依据 basis"],
    rows,
  };
}

function describeTable(table: TableSource, file: string): Section {
  const columns = [...table.inputs, ...table.outputs];
  return {
    heading: `${table.label} (${table.name})`,
    paragraphs: [`${file} · ${table.hitPolicy.replace("_", " ")}`],
    columns: [
      "行 row",
      ...columns.map(({ label, name }) => (label === name ? name : `${label} ${name}`)),
      "依据 basis",
      "说明 in words",
    ],
    rows: table.rows.map(describeRow),
  };
}

function describeRow({ id, inputs, outputs, legalBasis, text }: SourceRow): string[] {
  return [id, ...inputs.map((cell) => cell.trim() || "-"), ...outputs, legalBasis, `${text.zh} ${text.en}`];
}

function describeMeasures({ file }: Pack): Section {
  return {
    heading: "措施 Measures",
    paragraphs: [],
    columns: ["代码 code", "名称 name", "部门 department", "用途 purpose", "效果 outcome", "依据 basis"],
    rows: Object.entries(file.measures).map(([code, one]) => [
      code,
      `${one.label.zh} ${one.label.en}`,
      one.body ?? one.department,
      one.purpose ?? "",
      one.outcome ?? "",
      one.basis,
    ]),
  };
}
