import { startTestServer } from "./test-server";

test("public pages are served with their own headers, and nothing else is at their addresses", async () => {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'",
  };
  const server = await startTestServer(
    {},
    { publicPages: (path) => (path === "/policies/nb/1" ? { headers, body: "<!doctype html>" } : undefined) },
  );
  const page = await fetch(`${server.url}/policies/nb/1?x=1`);
  expect([page.status, await page.text()]).toEqual([200, "<!doctype html>"]);
  expect(Object.fromEntries(page.headers)).toMatchObject(headers);
  for (const path of ["/policies", "/policies/nb/2", "/policies/nb/1/../../../etc/passwd", "/policies/%00"])
    expect((await fetch(server.url + path)).status).toBe(404);
  await server.close();
});

test("a gateway without pages has nothing at their addresses", async () => {
  const server = await startTestServer();
  expect((await fetch(`${server.url}/policies`)).status).toBe(404);
  await server.close();
});
