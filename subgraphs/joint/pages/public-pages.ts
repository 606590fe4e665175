/** The public pages of `joint`: `/policies` and `/policies/<scheme>/<version>`. Rendered once; packs never change. */
import type { PackRegistry } from "../policy/pack/pack";
import { PAGE_HEADERS } from "./page-frame";
import { toPolicyDocument } from "./policy-document";
import { renderPolicyIndex, renderPolicyPage } from "./policy-page";

/** A page with the headers that it must be served with. */
export interface PublicPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Finds a page by its path; undefined when there is none. */
export type PublicPages = (path: string) => PublicPage | undefined;

/** The pages of the packs. A page is rendered when it is first asked for. */
export function createPublicPages({ packs }: PackRegistry): PublicPages {
  const documents = packs.map(toPolicyDocument);
  const renderers = new Map<string, () => string>([["/policies", () => renderPolicyIndex(documents)]]);
  for (const document of documents) {
    const { id, version } = document.scheme;
    renderers.set(`/policies/${id}/${version}`, () => renderPolicyPage(document));
  }
  const rendered = new Map<string, PublicPage>();
  return (path) => {
    const render = renderers.get(path);
    if (!render) return undefined;
    const page = rendered.get(path) ?? { headers: PAGE_HEADERS, body: render() };
    rendered.set(path, page);
    return page;
  };
}
