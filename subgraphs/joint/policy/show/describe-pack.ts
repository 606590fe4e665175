/** What a pack says, arranged for reading: who made it, what it leaves open, what it counts, and its tables row by row. */
import type { Pack } from "../pack/pack";
import type { SourceRow, TableSource } from "../table/table-source";
import { describeCounting } from "./describe-counting";
import { describeLists, describePublication, describeRoutes } from "./describe-lists";
import { describeProcedures } from "./describe-procedures";
import { describeReports } from "./describe-reports";
import { describeUse, describeValues } from "./describe-values";
import { isFilled, type Section } from "./section";

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
        heading: { zh: "来源", en: "Sources" },
        paragraphs: file.sources.map((one) => [one.title, one.file, one.note].filter(Boolean).join(" · ")),
      },
      ...(file.readings.length > 0
        ? [
            {
              heading: { zh: "读法", en: "How damaged or ambiguous text is read" },
              paragraphs: file.readings,
            },
          ]
        : []),
      describeParameters(pack),
      describeIndicators(pack),
      ...[...pack.tables].flatMap(([name, tables]) => tables.map((table) => describeTable(table, name))),
      describeMeasures(pack),
      ...describeRest(pack),
    ].filter(isFilled),
  };
}

const HISTORICAL: Section = {
  heading: { zh: "仅供历史参考", en: "Historical" },
  paragraphs: [
    "其措施缺乏现行依据，每项决定均附此警示。 Measures without basis in law in force: every decision carries this warning.",
  ],
};

/** Everything of a pack that is neither table, parameter, indicator nor measure. */
export function describeRest({ file }: Pack): readonly Section[] {
  return [
    describeLists(file),
    ...describeProcedures(file),
    describeReports(file),
    describeRoutes(file),
    describePublication(file),
    describeValues(file),
    describeUse(file),
  ].filter(isFilled);
}

function describeParameters({ parameters }: Pack): Section {
  return {
    heading: { zh: "参数", en: "Parameters" },
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
    return [name, `${one.label.zh} ${one.label.en}`, one.facts, describeCounting(one), one.legalBasis ?? ""];
  });
  return {
    heading: { zh: "指标", en: "Indicators" },
    paragraphs: [],
    columns: ["名称 name", "含义 meaning", "事实 facts", "统计 counted", "依据 basis"],
    rows,
  };
}

function describeTable(table: TableSource, file: string): Section {
  const columns = [...table.inputs, ...table.outputs];
  return {
    heading: { zh: table.label, en: `(${table.name})` },
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
    heading: { zh: "措施", en: "Measures" },
    paragraphs: [],
    columns: [
      "代码 code",
      "名称 name",
      "部门 department",
      "性质 direction",
      "用途 purpose",
      "效果 outcome",
      "取代 replaces",
      "依据 basis",
    ],
    rows: Object.entries(file.measures).map(([code, one]) => [
      code,
      `${one.label.zh} ${one.label.en}`,
      one.body ?? one.department,
      one.direction,
      one.purpose ?? "",
      one.outcome ?? "",
      one.overrides.join(", "),
      one.basis,
    ]),
  };
}
