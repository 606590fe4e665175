/** The moves as one SVG: how many went from which answer to which, and whom it meets, by trade and by place. */
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { ANYTHING, type Move, type MoveDirection } from "../../../../subgraphs/joint/impact/moves";
import { nameOf } from "./write-csv";

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 1_200;
const LABEL_WIDTH = 560;
const LABEL_SIZE = 11;
const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 70;
const FONT = "system-ui, 'Noto Sans SC', 'Microsoft YaHei', sans-serif";
const ROWS_MAX = 40;

type Shown = Exclude<MoveDirection, "SAME">;
const COLOURS: Readonly<Record<Shown, string>> = {
  WORSE: "#b3261e",
  BETTER: "#0b6e4f",
  CHANGED: "#3d5a80",
  UNDETERMINED: "#9aa5b1",
};
const DIRECTIONS = Object.keys(COLOURS) as readonly Shown[];

interface Row {
  readonly label: string;
  readonly counts: Readonly<Partial<Record<MoveDirection, number>>>;
}

interface Panel {
  readonly title: string;
  readonly rows: readonly Row[];
}

const totalOf = ({ counts }: Row): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

function rowsBy(moves: readonly Move[], labelOf: (move: Move) => string): readonly Row[] {
  return [...Map.groupBy(moves, labelOf)].map(([label, alike]) => {
    const counts: Partial<Record<MoveDirection, number>> = {};
    for (const { direction, enterprises } of alike)
      counts[direction] = (counts[direction] ?? 0) + enterprises;
    return { label, counts };
  });
}

function mostFirst(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => totalOf(other) - totalOf(one)).slice(0, ROWS_MAX);
}

function panelsOf(moves: readonly Move[]): readonly Panel[] {
  const moved = moves.filter(({ direction }) => direction !== "SAME");
  const all = moved.filter(
    ({ question, industry, district }) => question !== ANYTHING && industry === null && district === null,
  );
  const onceEach = moved.filter(({ question }) => question === ANYTHING);
  const byIndustry = onceEach.filter(({ industry, district }) => industry !== null && district === null);
  const byDistrict = onceEach.filter(({ industry, district }) => industry === null && district !== null);
  const panels = [
    {
      title: "Moves",
      rows: rowsBy(all, ({ question, before, after }) => `${question}: ${before} → ${after}`).slice(
        0,
        ROWS_MAX,
      ),
    },
    {
      title: "Enterprises that move in anything, by industry",
      rows: mostFirst(rowsBy(byIndustry, ({ industry }) => nameOf(industry))),
    },
    {
      title: "Enterprises that move in anything, by district",
      rows: mostFirst(rowsBy(byDistrict, ({ district }) => nameOf(district))),
    },
  ];
  return panels.filter(({ rows }) => rows.length > 0);
}

const heightOf = ({ rows }: Panel): number => HEAD_HEIGHT + rows.length * ROW_HEIGHT;

function seriesOf(panels: readonly Panel[]) {
  return panels.flatMap(({ rows }, index) =>
    DIRECTIONS.map((direction) => ({
      name: direction.toLowerCase(),
      type: "bar",
      stack: `panel ${index}`,
      xAxisIndex: index,
      yAxisIndex: index,
      barWidth: 14,
      color: COLOURS[direction],
      data: rows.map(({ counts }) => counts[direction] ?? 0),
    })),
  );
}

function describe(title: string, panels: readonly Panel[]) {
  const tops = panels.map((_, index) =>
    panels.slice(0, index).reduce((sum, panel) => sum + heightOf(panel), HEAD_HEIGHT),
  );
  const heading = { text: title, left: 10, top: 10, textStyle: { fontSize: 16 } };
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT },
    legend: { top: 38, left: 10 },
    title: [
      heading,
      ...panels.map((panel, index) => ({
        text: panel.title,
        top: tops[index]! + 10,
        left: 10,
        textStyle: { fontSize: 13 },
      })),
    ],
    grid: panels.map(({ rows }, index) => ({
      top: tops[index]! + 36,
      left: LABEL_WIDTH,
      right: 60,
      outerBoundsMode: "none",
      height: rows.length * ROW_HEIGHT,
    })),
    xAxis: panels.map((_, gridIndex) => ({ gridIndex, type: "value", minInterval: 1, splitNumber: 4 })),
    yAxis: panels.map(({ rows }, gridIndex) => ({
      gridIndex,
      type: "category",
      inverse: true,
      data: rows.map((row) => `${row.label}  ${totalOf(row).toLocaleString("en")}`),
      axisTick: { show: false },
      axisLabel: { fontSize: LABEL_SIZE },
    })),
    series: seriesOf(panels),
  };
}

/** The picture as SVG text; without a move it says so. */
export function drawPicture(title: string, moves: readonly Move[]): string {
  const panels = panelsOf(moves);
  const height = panels.reduce((sum, panel) => sum + heightOf(panel), HEAD_HEIGHT + 20);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  chart.setOption(describe(panels.length > 0 ? title : `${title}: nobody moves`, panels));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
