/** How an indicator counts facts, in words: what of, which, as of when. Nothing that changes what it gives is left out. */
import type { DurationSpec, IndicatorSpec } from "../pack/scheme-file";

const AGGREGATES: Readonly<Record<IndicatorSpec["aggregate"], string>> = {
  exists: "有无 whether there is any",
  count: "件数 how many",
  rollingCount: "任一期间内最多件数 most within any one period",
  sum: "合计 total of",
  min: "最小 smallest",
  max: "最大 largest",
  latest: "最近一件的 of the latest:",
  longestRun: "最长连续 longest run of",
  latestRun: "最近连续 latest run of",
};

const COMPARISONS = { BEFORE: "早于 before", BY: "不晚于 by", AFTER: "晚于 after" } as const;

/** The counting rule as one line. */
export function describeCounting(spec: IndicatorSpec): string {
  const { aggregate, field, negated, where, days, endedBy, validity, window, by, departments } = spec;
  const parts = [
    [AGGREGATES[aggregate], field, negated ? "（取负 negated）" : ""].filter(Boolean).join(" "),
    ...(departments ? [`部门 recorded by ${departments.join(", ")}`] : []),
    ...Object.entries(where).map(([name, test]) => `${name}: ${test}`),
    ...days.map(describeDayTest),
    ...(validity === "EVER" ? ["不论是否仍有效 whether still valid or not"] : []),
    ...endedBy.map((name) => `至 ${name} 为止 until its ${name}`),
    ...(window ? [`期间 within ${describeDuration(window)}`] : []),
    ...(by ? [`以 ${by} 为准 by the day in ${by}`] : []),
    ...(spec.disputed === "COUNTED" ? ["有异议的也计入 disputed ones count too"] : []),
  ];
  return parts.join("; ");
}

function describeDayTest({ field, is, than }: IndicatorSpec["days"][number]): string {
  if (is === "NOT_BY") return `至 ${dayName(than)} 仍无 ${field} no ${field} by then`;
  return `${field} ${COMPARISONS[is]} ${dayName(than)}`;
}

function dayName(than: string): string {
  return than === "asOf" ? "询问之日 the day asked about" : than;
}

/** A duration for people. */
export function describeDuration(duration: DurationSpec): string {
  if ("calendarYears" in duration) return "当年 the calendar year";
  if ("days" in duration) return `${duration.days}日 days`;
  return "months" in duration ? `${duration.months}个月 months` : `${duration.years}年 years`;
}
