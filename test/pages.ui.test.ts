/** What the hub shows in a browser. */
import type { Browser, Page } from "playwright-core";
import { openBrowser, watchPage } from "./browser";
import { createHubPlace, type HubPlace, startTestHub, type TestHub } from "./hub";

const PATIENCE_MS = 8_000;
const TRIES_MAX = 5;

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

// A page that has just been drawn may not listen yet: whoever sees nothing happen tries again.
async function askUntilAnswered(page: Page, title: string, sign: string): Promise<string> {
  const answer = page.locator(".result-window");
  for (let tries = 1; ; tries++) {
    // By keyboard: under the pointer the tabs can be dragged, and are still moving into place.
    await page.getByRole("button", { name: title, exact: true }).press("Enter");
    await page.getByRole("button", { name: /execute query/i }).click();
    try {
      await answer.getByText(sign).waitFor({ timeout: PATIENCE_MS });
      // The editor shows spaces as ones that do not break.
      return (await answer.innerText()).replaceAll("\u00a0", " ");
    } catch (error) {
      if (tries === TRIES_MAX) throw error;
    }
  }
}

test("the explorer opens offline with its examples, which are answered as they stand", async () => {
  const { page, requested, complaints } = await watchPage(browser, `${place.url}/graphiql`);
  expect(await askUntilAnswered(page, "CreditCheck", '"sentence"')).toContain('"outcome": "RESTRICTED"');
  await askUntilAnswered(page, "Portfolio", '"enterprises"');
  expect(strangers(requested)).toEqual([]);
  expect(complaints).toEqual([]);
}, 120_000);

test("a policy is read without scripts, tables and all", async () => {
  const reader = await browser.newContext({ javaScriptEnabled: false });
  const page = await reader.newPage();
  await page.goto(`${place.url}/policies/nb-smart-safety/2013.1`);
  expect(await page.getByRole("table").count()).toBeGreaterThan(5);
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await reader.close();
}, 60_000);
