/** The public pages of `joint`: `/policies` and `/policies/<scheme>/<version>`. Rendered once; packs never change. */
import type { PackRegistry } from "../policy/pack/pack";
import { CONTENT_SECURITY_POLICY } from "./page-frame";
import { toPolicyDocument } from "./policy-document";
import { renderPolicyIndex, renderPolicyPage } from "./policy-page";

/** A page, and the Content-Security-Policy that it must be served with. */
export interface PublicPage {
  readonly contentSecurityPolicy: string;
  readonly html: string;
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
    const page = rendered.get(path) ?? {
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      html: render(),
    };
    rendered.set(path, page);
    return page;
  };
}
