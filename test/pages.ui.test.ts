/** What the hub shows in a browser. */
import type { Browser } from "playwright-core";
import { openBrowser, watchPage } from "./browser";
import { createHubPlace, type HubPlace, startTestHub, type TestHub } from "./hub";

let place: HubPlace;
let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  place = await createHubPlace();
  [hub, browser] = await Promise.all([startTestHub(place), openBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
  place?.remove();
}, 60_000);

const strangers = (requested: readonly string[]): readonly string[] =>
  requested.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(place.url));

test("the explorer opens offline with its examples, which are answered as they stand", async () => {
  const { page, requested, complaints } = await watchPage(browser, `${place.url}/graphiql`);
  await page.getByRole("button", { name: /execute query/i }).click();
  const answer = page.locator(".result-window");
  await answer.getByText('"sentence"').waitFor();
  // The editor shows spaces as ones that do not break.
  expect((await answer.innerText()).replaceAll("\u00a0", " ")).toContain('"outcome": "RESTRICTED"');
  // By keyboard: under the pointer the tabs can be dragged, and are still moving into place.
  await page.getByRole("button", { name: "Portfolio", exact: true }).press("Enter");
  await page.getByRole("button", { name: /execute query/i }).click();
  await answer.getByText('"enterprises"').waitFor();
  expect(strangers(requested)).toEqual([]);
  expect(complaints).toEqual([]);
}, 60_000);

test("a policy is read without scripts, tables and all", async () => {
  const reader = await browser.newContext({ javaScriptEnabled: false });
  const page = await reader.newPage();
  await page.goto(`${place.url}/policies/nb-smart-safety/2013.1`);
  expect(await page.getByRole("table").count()).toBeGreaterThan(5);
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await reader.close();
}, 60_000);
