/** A decision table as an HTML table with header cells: conditions, results, and what the row says in law and in words. */
import type { HitPolicy } from "../policy/contract";
import type { SourceColumn, SourceRow, TableSource } from "../policy/table/table-source";
import { code, type Html, html } from "./html";

const HIT_POLICIES: Readonly<Record<string, string>> = {
  UNIQUE: "至多一行符合 at most one row applies",
  ANY: "符合的各行结论相同 rows that apply agree",
  FIRST: "取最先符合的一行 the first row that applies decides",
  PRIORITY: "取最优先的结论 the row with the first-ranked result decides",
};

/** What a hit policy means, for people; collecting ones say that all rows count. */
export function describeHitPolicy(hitPolicy: HitPolicy): string {
  return HIT_POLICIES[hitPolicy] ?? `符合的各行都算 every row that applies counts (${hitPolicy})`;
}

/** The table with its caption. The rows' ids are anchors, so that a reason in a decision can be looked up by link. */
export function renderTable(table: TableSource): Html {
  const caption = `${table.label}（${table.name}）`;
  return html`<h3 id="table-${table.name}">${table.label} <code>${table.name}</code></h3>
    <div class="table" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <caption>
          ${caption}: ${describeHitPolicy(table.hitPolicy)}
        </caption>
        <thead>
          <tr>
            <th scope="col" rowspan="2">行 <span lang="en">Row</span></th>
            ${groupHeading(table.inputs, "条件", "When")} ${groupHeading(table.outputs, "结论", "Then")}
            <th scope="col" rowspan="2">说明 <span lang="en">In words</span></th>
            <th scope="col" rowspan="2">法律依据 <span lang="en">Legal basis</span></th>
          </tr>
          <tr>
            ${[...table.inputs, ...table.outputs].map(columnHeading)}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map((row) => renderRow(table, row))}
        </tbody>
      </table>
    </div>`;
}

function groupHeading(columns: readonly SourceColumn[], zh: string, en: string): Html {
  if (columns.length === 0) return html``;
  return html`<th scope="colgroup" colspan="${columns.length}">${zh} <span lang="en">${en}</span></th>`;
}

function columnHeading({ name, label }: SourceColumn): Html {
  return html`<th scope="col">
    ${label}${
      label === name
        ? ""
        : html`<br />
            ${code(name)}`
    }
  </th>`;
}

function renderRow(table: TableSource, { id, inputs, outputs, text, legalBasis }: SourceRow): Html {
  return html`<tr id="${table.name}.${id}">
    <th scope="row">${id}</th>
    ${inputs.map(renderCell)}${outputs.map(renderCell)}
    <td>
      <p>${text.zh}</p>
      <p lang="en">${text.en}</p>
    </td>
    <td>${legalBasis}</td>
  </tr>`;
}

function renderCell(cell: string): Html {
  const text = cell.trim();
  return text === "" || text === "-"
    ? html`<td>任意 <span lang="en">any</span></td>`
    : html`<td>${code(text)}</td>`;
}
