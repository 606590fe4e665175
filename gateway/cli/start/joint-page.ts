/** A public page of `joint` as the gateway serves it. */

/** The page with the headers that it must be served with. */
export function pageOf({ html, contentSecurityPolicy }: { html: string; contentSecurityPolicy: string }) {
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentSecurityPolicy,
      "referrer-policy": "no-referrer",
    },
    body: html,
  };
}
