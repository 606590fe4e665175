/** `/policies/<scheme>/<version>`: a policy pack as a page, Chinese first; and `/policies`, the list of them. */
import type { Text } from "../assessment/assessment";
import type { TableSource } from "../policy/table/table-source";
import { code, type Html, html } from "./html";
import { renderPage } from "./page-frame";
import type { DocumentMeasure, DocumentParameter, PolicyDocument } from "./policy-document";
import { renderTable } from "./policy-table";

/** The page of one version of a policy. Pure: the same document gives the same bytes. */
export function renderPolicyPage(document: PolicyDocument): string {
  const { title, scheme } = document;
  const sections = sectionsOf(document);
  const body = html`
    <header>
      <h1>${title.zh} <span lang="en">${title.en}</span></h1>
      ${describeVersion(document)}
    </header>
    <nav aria-label="目录 Contents">
      <ul>
        ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${bilingual(heading)}</a></li>`)}
      </ul>
    </nav>
    <main id="content">
      ${sections.map(
        ({ id, heading, content }) =>
          html`<section aria-labelledby="${id}">
            <h2 id="${id}">${bilingual(heading)}</h2>
            ${content}
          </section>`,
      )}
    </main>
  `;
  return renderPage(`${title.zh} ${scheme.version}`, body);
}

/** The list of all policies and versions, with links to their pages. */
export function renderPolicyIndex(documents: readonly PolicyDocument[]): string {
  const items = documents.map(({ title, scheme, jurisdiction }) => {
    const href = `/policies/${encodeURIComponent(scheme.id)}/${encodeURIComponent(scheme.version)}`;
    return html`<li>
      <a href="${href}">${title.zh} <span lang="en">${title.en}</span></a>
      ${jurisdiction} · <code>${scheme.id}</code> ${scheme.version} · ${scheme.effectiveFrom} –
      ${scheme.effectiveUntil ?? ""}
    </li>`;
  });
  const body = html`
    <header>
      <h1>信用政策 <span lang="en">Credit policies</span></h1>
    </header>
    <main id="content">
      <ul>
        ${items}
      </ul>
    </main>
  `;
  return renderPage("信用政策 Credit policies", body);
}

interface Section {
  readonly id: string;
  readonly heading: Text;
  readonly content: Html;
}

// In the order of the page; a section without content is left out.
function sectionsOf(document: PolicyDocument): readonly Section[] {
  const { tables, parameters, measures, indicators, sources, readings, rest } = document;
  return [
    section("tables", { zh: "决策表", en: "Decision tables" }, some(tables, renderTables)),
    section("measures", { zh: "措施目录", en: "Measures" }, some(measures, renderMeasures)),
    section("parameters", { zh: "参数", en: "Parameters" }, some(parameters, renderParameters)),
    section("inputs", { zh: "输入项", en: "Inputs" }, some(indicators, renderIndicators)),
    section("rest", { zh: "名单、程序及其他", en: "Lists, procedures and the rest" }, some(rest, renderRest)),
    section("readings", { zh: "对原文的理解", en: "Readings of the source" }, some(readings, renderReadings)),
    section("sources", { zh: "依据文件", en: "Sources" }, some(sources, renderSources)),
  ].flat();
}

function some<Item>(items: readonly Item[], render: (items: readonly Item[]) => Html): Html | undefined {
  return items.length > 0 ? render(items) : undefined;
}

function section(id: string, heading: Text, content: Html | undefined): readonly Section[] {
  return content === undefined ? [] : [{ id, heading, content }];
}

function bilingual({ zh, en }: Text): Html {
  return html`${zh} <span lang="en">${en}</span>`;
}

function describeVersion({ scheme, jurisdiction }: PolicyDocument): Html {
  const warning = scheme.historical
    ? [
        html`<p class="warning">
          历史政策：部分措施已无现行法律依据，依此作出的每项决定均附此提示。
          <span lang="en">
            Historical: today’s law no longer allows all its measures, and each decision under it says so.
          </span>
        </p>`,
      ]
    : [];
  return html`${warning}
    <dl>
      <dt>编号 <span lang="en">Scheme</span></dt>
      <dd><code>${scheme.id}</code></dd>
      <dt>版本 <span lang="en">Version</span></dt>
      <dd>${scheme.version}</dd>
      <dt>适用地区 <span lang="en">Where</span></dt>
      <dd>${jurisdiction}</dd>
      <dt>施行日期 <span lang="en">In force from</span></dt>
      <dd>${scheme.effectiveFrom}</dd>
      <dt>失效日期 <span lang="en">Until</span></dt>
      <dd>${scheme.effectiveUntil ?? "—"}</dd>
      <dt>SHA-256</dt>
      <dd><code>${scheme.sha256}</code></dd>
    </dl>`;
}

function renderTables(tables: readonly TableSource[]): Html {
  return html`${tables.map(renderTable)}`;
}

interface Column<Item> {
  readonly heading: Text;
  readonly cell: (item: Item) => Html;
}

// The first column names the row.
function renderRows<Item>(caption: Text, columns: readonly Column<Item>[], items: readonly Item[]): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${caption.zh} ${caption.en}">
    <table>
      <caption>
        ${bilingual(caption)}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ heading }) => html`<th scope="col">${bilingual(heading)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              ${columns.map(({ cell }, index) =>
                index === 0 ? html`<th scope="row">${cell(item)}</th>` : html`<td>${cell(item)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderMeasures(measures: readonly DocumentMeasure[]): Html {
  const columns: readonly Column<DocumentMeasure>[] = [
    { heading: { zh: "代码", en: "Code" }, cell: (measure) => code(measure.code) },
    { heading: { zh: "措施", en: "Measure" }, cell: ({ label }) => bilingual(label) },
    { heading: { zh: "实施单位", en: "Who acts" }, cell: ({ actor }) => html`${actor}` },
    { heading: { zh: "性质", en: "Direction" }, cell: ({ direction }) => html`${direction}` },
    { heading: { zh: "用途", en: "Purpose" }, cell: ({ purpose }) => html`${purpose ?? "—"}` },
    { heading: { zh: "结论", en: "Outcome" }, cell: ({ outcome }) => html`${outcome ?? "—"}` },
    { heading: { zh: "依据层级", en: "Kind of basis" }, cell: ({ basis }) => html`${basis}` },
  ];
  return renderRows({ zh: "本政策可引出的措施", en: "What may follow under this policy" }, columns, measures);
}

function renderParameters(parameters: readonly DocumentParameter[]): Html {
  const columns: readonly Column<DocumentParameter>[] = [
    { heading: { zh: "名称", en: "Name" }, cell: ({ name }) => code(name) },
    { heading: { zh: "取值", en: "Value" }, cell: ({ value }) => html`<code>${value}</code>` },
    {
      heading: { zh: "原文是否留白", en: "Left open by the source" },
      cell: ({ open }) => (open ? html`<span class="open">是 <span lang="en">open</span></span>` : html`否`),
    },
    { heading: { zh: "说明", en: "Who set it and why" }, cell: ({ note }) => html`${note}` },
  ];
  return renderRows({ zh: "表中引用的数值", en: "Values that the tables refer to" }, columns, parameters);
}

function renderIndicators(indicators: PolicyDocument["indicators"]): Html {
  const columns: readonly Column<PolicyDocument["indicators"][number]>[] = [
    { heading: { zh: "名称", en: "Name" }, cell: ({ name }) => code(name) },
    { heading: { zh: "含义", en: "Meaning" }, cell: ({ label }) => bilingual(label) },
    { heading: { zh: "事实类型", en: "Facts" }, cell: ({ facts }) => html`${facts}` },
    { heading: { zh: "如何统计", en: "How they are counted" }, cell: ({ counted }) => html`${counted}` },
    { heading: { zh: "依据", en: "Basis" }, cell: ({ legalBasis }) => html`${legalBasis ?? "—"}` },
  ];
  return renderRows({ zh: "由事实得出的输入项", en: "How facts become inputs" }, columns, indicators);
}

function renderRest(parts: PolicyDocument["rest"]): Html {
  return html`<div class="rest">
    ${parts.map(
      ({ heading, paragraphs, columns = [], rows = [] }) =>
        html`<h3>${bilingual(heading)}</h3>
          ${paragraphs.map((one) => html`<p>${one}</p>`)}
          ${rows.length > 0 ? renderRows(heading, columns.map(toColumn), rows) : html``}`,
    )}
  </div>`;
}

function toColumn(written: string, at: number): Column<readonly string[]> {
  const [zh, ...en] = written.split(" ");
  return {
    heading: { zh: zh!, en: en.join(" ") },
    cell: (row) => (at === 0 ? code(row[at]!) : html`${row[at] || "—"}`),
  };
}

function renderReadings(readings: readonly string[]): Html {
  return html`<ul>
    ${readings.map((reading) => html`<li>${reading}</li>`)}
  </ul>`;
}

function renderSources(sources: PolicyDocument["sources"]): Html {
  return html`<ol>
    ${sources.map(({ title, note }) => html`<li>${title}${note ? html` — ${note}` : ""}</li>`)}
  </ol>`;
}
