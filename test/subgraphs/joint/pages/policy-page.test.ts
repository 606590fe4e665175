import { hash } from "node:crypto";
import { policiesFolder } from "../../../../subgraphs/joint";
import { CONTENT_SECURITY_POLICY } from "../../../../subgraphs/joint/pages/page-frame";
import {
  type PolicyDocument,
  toPolicyDocument,
  writeValue,
} from "../../../../subgraphs/joint/pages/policy-document";
import { renderPolicyIndex, renderPolicyPage } from "../../../../subgraphs/joint/pages/policy-page";

import { loadPacks } from "../../../../subgraphs/joint/policy/pack/load-packs";

const document: PolicyDocument = {
  scheme: {
    id: "nb-smart-safety",
    version: "2013.1",
    effectiveFrom: "2013-01-01",
    effectiveUntil: null,
    sha256: "ab".repeat(32),
    historical: true,
  },
  title: { zh: "智慧安监", en: "Smart safety" },
  jurisdiction: "宁波市",
  sources: [{ title: "s2", note: "年份印作20XX" }],
  readings: ["A级取更有利的一款"],
  parameters: [{ name: "bands", value: "A: 90", open: true, note: "暂定 <script>alert(1)</script>" }],
  indicators: [
    {
      name: "grade",
      label: { zh: "等级", en: "Grade" },
      facts: "GradeDetermination",
      counted: "最近一件的 of the latest: grade",
      legalBasis: null,
    },
  ],
  measures: [
    {
      code: "LOAN_RESTRICT",
      label: { zh: "限制贷款", en: "Lending restricted" },
      actor: "FINANCE",
      direction: "PUNISHMENT",
      purpose: "LOAN",
      outcome: "RESTRICTED",
      basis: "LOCAL_POLICY",
    },
  ],
  rest: [
    {
      heading: { zh: "名单", en: "Lists" },
      paragraphs: ["以记录为准"],
      columns: ["代码 code", "规则 rules"],
      rows: [["SAFETY_BLACKLIST", "期限 term 1年 years"]],
    },
  ],
  tables: [
    {
      file: "grade.dmn",
      name: "consequences",
      label: "等级后果",
      hitPolicy: "COLLECT",
      inputs: [
        { name: "grade", label: "等级" },
        { name: "cause", label: "cause" },
      ],
      outputs: [{ name: "measure", label: "措施" }],
      rows: [
        {
          id: "NB-D-1",
          inputs: ['"D"', "-"],
          outputs: ['"LOAN_RESTRICT"'],
          legalBasis: "“一令一方案一政策” & more",
          text: { zh: "D级限制贷款", en: 'Grade "D": lending restricted' },
        },
      ],
    },
  ],
};
const page = renderPolicyPage(document);

test("every text of the pack stands on its page", () => {
  for (const text of [
    "智慧安监",
    "Smart safety",
    "宁波市",
    "NB-D-1",
    "D级限制贷款",
    "年份印作20XX",
    "A级取更有利的一款",
    "ab".repeat(32),
    "SAFETY_BLACKLIST",
    "以记录为准",
    "期限 term 1年 years",
    "最近一件的 of the latest: grade",
  ])
    expect(page.replaceAll("<wbr />", "")).toContain(text);
});

test("a long code word may break between its parts only", () => {
  expect(page).toContain("<code>LOAN_<wbr />RESTRICT</code>");
});

test("nothing in a pack becomes markup", () => {
  expect(page).not.toMatch(/<script/i);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).toContain("<code>&quot;D&quot;</code>");
  expect(page).toContain("“一令一方案一政策” &amp; more");
});

test("the page loads nothing, and its style is the one that its policy allows", () => {
  expect(page).not.toMatch(/<(script|link|img|iframe)|src=|url\(|@import|\son\w+=|style="/i);
  const style = /<style>([^]*)<\/style>/.exec(page)![1]!;
  expect(CONTENT_SECURITY_POLICY).toContain(`'sha256-${hash("sha256", style, "base64")}'`);
  expect(CONTENT_SECURITY_POLICY).toMatch(/default-src 'none'/);
});

test("every table has a caption and header cells for its columns and rows", () => {
  const tables = page.match(/<table>[^]*?<\/table>/g)!;
  expect(tables.length).toBe(5);
  for (const table of tables) {
    expect(table).toMatch(/<caption>/);
    expect(table).toMatch(/<th scope="col"/);
    expect(table).toMatch(/<th scope="row"/);
  }
  const [head] = /<thead>[^]*?<\/thead>/.exec(tables[0]!)!;
  expect(head).toContain('<th scope="colgroup" colspan="2">');
});

test("links within the page lead somewhere", () => {
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`);
});

test("elements are closed in the order in which they were opened", () => {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (selfClosing || name === "meta") continue;
    if (!closing) open.push(name!);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test("a policy that today's law no longer carries says so", () => {
  expect(page).toContain("历史政策");
  expect(renderPolicyPage({ ...document, scheme: { ...document.scheme, historical: false } })).not.toContain(
    "历史政策",
  );
});

test("the list of policies links to every version", () => {
  expect(renderPolicyIndex([document])).toContain('href="/policies/nb-smart-safety/2013.1"');
});

test("values are written for people", () => {
  expect(writeValue({ A: 90, B: 80 })).toBe("A: 90, B: 80");
  expect(writeValue(["A", "B"])).toBe("A, B");
  expect(writeValue([{ from: "2024-01-01", until: "2024-02-01" }])).toBe("2024-01-01–2024-02-01");
  expect(writeValue([])).toBe("–");
});

test("every pack of the hub has its page, with all its rows", async () => {
  const { packs } = await loadPacks(policiesFolder);
  expect(packs.length).toBeGreaterThan(0);
  for (const pack of packs) {
    const pageOfPack = renderPolicyPage(toPolicyDocument(pack));
    for (const tables of pack.tables.values())
      for (const { name, rows } of tables)
        for (const { id } of rows) expect(pageOfPack).toContain(`id="${name}.${id}"`);
    const ids = [...pageOfPack.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
