/** Lists of a pack, who is responsible for what, and what the public is shown: in words. */
import type { ListSpec, SchemeFile } from "../pack/scheme-file";
import { describeDuration } from "./describe-counting";
import type { Section } from "./section";

const FROM: Readonly<Record<ListSpec["from"], string>> = {
  ENTRIES: "以公布的列入记录为准 by published entries",
  GROUNDS: "情形一经认定即在列 as soon as a ground is found",
  PROCEDURE: "程序完成即在列 once its procedure is carried through",
};

/** Lists, one a row. */
export function describeLists({ lists }: SchemeFile): Section {
  return {
    heading: { zh: "名单", en: "Lists" },
    paragraphs: [],
    columns: [
      "代码 code",
      "名称 name",
      "性质 direction",
      "层级 level",
      "如何列入 how one comes on it",
      "规则 rules",
    ],
    rows: Object.entries(lists).map(([code, list]) => [
      code,
      `${list.label.zh} ${list.label.en}`,
      list.direction,
      list.from === "ENTRIES" ? "如记录 as recorded" : list.level,
      FROM[list.from],
      rulesOf(list).join("; "),
    ]),
  };
}

function rulesOf(list: ListSpec): string[] {
  const { departments, term, afterTerm, endedBySteps, removal, renewal, feedback, inForceAs } = list;
  return [
    ...(departments ? [`记录部门 kept by ${departments.join(", ")}`] : []),
    ...(term ? [`期限 term ${describeDuration(term)}`] : []),
    ...(afterTerm ? [`期满后见参数 after the term see ${afterTerm}`] : []),
    ...(removal
      ? [
          `移出申请：期满前${removal.workingDays}个工作日 removal: ${removal.workingDays} working days, read as ${removal.reading} says`,
        ]
      : []),
    ...(renewal ? [`期满前${renewal.months}个月申请延续 renewal: ${renewal.months} months ahead`] : []),
    ...(renewal?.replaces ? ["新的列入代替原来的 a later entry takes the place of the one before"] : []),
    ...(feedback
      ? [
          `公布次月${feedback.dayOfNextMonth}日前反馈措施执行情况 execution reported by day ${feedback.dayOfNextMonth} of the next month`,
        ]
      : []),
    ...(endedBySteps.length > 0 ? [`终止 ended by ${endedBySteps.join(", ")}`] : []),
    ...(inForceAs ? [`表中称为 in tables: ${inForceAs}`] : []),
  ];
}

/** Who is responsible, one matter a row. */
export function describeRoutes({ routes }: SchemeFile): Section {
  return {
    heading: { zh: "由谁负责", en: "Who is responsible" },
    paragraphs: [],
    columns: ["事项 matter", "含义 meaning", "单位 unit", "依据 basis"],
    rows: routes.map((route) => [
      route.name,
      `${route.label.zh} ${route.label.en}`,
      "to" in route ? `见 as decided: ${route.to}` : route.unit,
      "to" in route ? "" : route.legalBasis,
    ]),
  };
}

/** What the public is shown of facts that are marked PUBLIC. */
export function describePublication({ publication, publicationSince }: SchemeFile): Section {
  const since = publicationSince ? [`自 from ${publicationSince} 起的事项 matters since then`] : [];
  return {
    heading: { zh: "向社会公开的内容", en: "What the public is shown" },
    paragraphs: publication.length > 0 ? since : [],
    columns: ["事实 facts", "公开的字段 fields shown", "负责单位 unit"],
    rows: publication.flatMap(({ unit, facts }) =>
      Object.entries(facts).map(([type, fields]) => [type, fields.join(", "), `${unit.zh} ${unit.en}`]),
    ),
  };
}
