/** A measure's results as one SVG: a group of bars for each table, by its first column. */
import { BarChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { MeasureResult } from "./measures/measure";

use([BarChart, GridComponent, TitleComponent, SVGRenderer]);

const WIDTH = 860;
const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 60;
const FONT = "system-ui, 'Noto Sans SC', sans-serif";

const heightOf = ({ rows }: MeasureResult): number => HEAD_HEIGHT + rows.length * ROW_HEIGHT;
const columnOf = ({ rows }: MeasureResult): string => Object.keys(rows[0]?.figures ?? { none: 0 })[0]!;

function describe(results: readonly MeasureResult[]) {
  const tops = results.map((_, index) =>
    results.slice(0, index).reduce((sum, each) => sum + heightOf(each), 0),
  );
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    title: results.map((result, index) => ({
      text: `${result.title}: ${columnOf(result)}`,
      top: tops[index]! + 10,
      left: 10,
      textStyle: { fontSize: 14 },
    })),
    grid: results.map((result, index) => ({
      top: tops[index]! + 36,
      left: 250,
      right: 90,
      height: result.rows.length * ROW_HEIGHT,
    })),
    xAxis: results.map((_, gridIndex) => ({ gridIndex, type: "value", show: false })),
    yAxis: results.map(({ rows }, gridIndex) => ({
      gridIndex,
      type: "category",
      inverse: true,
      data: rows.map(({ title }) => title),
      axisTick: { show: false },
      axisLine: { show: false },
    })),
    series: results.map((result, index) => ({
      type: "bar",
      xAxisIndex: index,
      yAxisIndex: index,
      barWidth: 18,
      label: {
        show: true,
        position: "right",
        formatter: ({ value }: { value: number }) => String(Number(value.toPrecision(4))),
      },
      data: result.rows.map(({ id, figures }) => ({
        value: figures[columnOf(result)] ?? 0,
        itemStyle: { color: id.startsWith("engine") || id.startsWith("hub") ? "#0b6e4f" : "#9aa5b1" },
      })),
    })),
  };
}

/** The chart as SVG text. */
export function drawChart(results: readonly MeasureResult[]): string {
  const height = results.reduce((sum, each) => sum + heightOf(each), 10);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  chart.setOption(describe(results));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
