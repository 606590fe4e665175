/** The frame of the public pages: no scripts, nothing loaded from anywhere, readable on paper and with a screen reader. */
import { hash } from "node:crypto";
import { type Html, html } from "./html";

const STYLE = `
:root { color-scheme: light dark; --line: #8a8f98; --soft: #f2f4f7; --ink: #1b1f24; --paper: #fff; --mark: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --line: #6b7280; --soft: #22262c; --ink: #e8eaed; --paper: #15181c; --mark: #f0b35a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.3; } h2 { font-size: 1.25rem; margin-top: 2.2rem; } h3 { font-size: 1.05rem; }
[lang=en] { font-size: .92em; }
h1 [lang=en], h2 [lang=en], h3 [lang=en] { display: block; font-weight: 400; }
.table { overflow-x: auto; } .table:focus-visible, a:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .4rem 0; font-weight: 600; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); } td p { margin: 0 0 .3rem; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.warning { border-left: .4rem solid var(--mark); padding: .4rem .8rem; background: var(--soft); }
.open { color: var(--mark); font-weight: 600; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
td code, th code { overflow-wrap: break-word; }
.rest caption { position: absolute; left: -99rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { max-width: none; font-size: 9pt; padding: 0; } nav, .skip { display: none; } .table { overflow: visible; }
  h2, h3, caption { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

/** The policy (CSP) that every page of this frame must be served with: its style by its digest, and nothing else. */
export const CONTENT_SECURITY_POLICY: string = `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A whole page. `title` is plain text; `body` holds the page's `header`, `nav` and `main`, the last with id `content`. */
export function renderPage(title: string, body: Html): string {
  return `<!doctype html>\n${
    html`<html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${{ html: `<style>${STYLE}</style>` }}
      </head>
      <body>
        <a class="skip" href="#content">跳至正文 <span lang="en">Skip to content</span></a>
        ${body}
      </body>
    </html>`.html
  }\n`;
}
