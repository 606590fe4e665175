/** The reports that a pack asks of enterprises, in words: what is handed in, by whom, by when. */
import type { ReportSpec, SchemeFile } from "../pack/scheme-file";
import type { Section } from "./section";

/** One section with a row for each report. */
export function describeReports({ reports }: SchemeFile): Section {
  return {
    heading: { zh: "应交报告", en: "Reports to hand in" },
    paragraphs: [],
    columns: ["报告 report", "由谁 by", "期限 by the day of each year", "以何为凭 recorded as", "依据 basis"],
    rows: reports.map((report) => [
      `${report.name} ${report.label.zh} ${report.label.en}`,
      takersOf(report),
      report.periods.map(({ ends }) => ends).join(", "),
      [
        report.facts,
        ...Object.entries(report.where).map(([name, value]) => `${name} = ${String(value)}`),
      ].join("; "),
      report.legalBasis,
    ]),
  };
}

function takersOf({ by, from, enrolled, enrolledBy }: ReportSpec): string {
  const known = Object.entries(enrolled ?? {}).map(([name, value]) => `${name} = ${String(value)}`);
  const earlier = enrolledBy
    ? `有${enrolledBy}记录的企业 of whom there is a ${enrolledBy} on record`
    : "曾交过的企业 who handed one in before";
  const whose = from === "REGISTERED" ? "适用范围内的登记企业 every enterprise registered here" : earlier;
  return [...by, whose, ...known].join("; ");
}
