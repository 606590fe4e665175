/** A real browser, for `.ui.test.ts`: Chromium as npm brings it, with the libraries that a bare machine lacks. */
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { repositoryRoot } from "../schema/root";

/** A page that is watched: every address that it asked, and every complaint of the browser's. */
export interface WatchedPage {
  readonly page: Page;
  readonly requested: readonly string[];
  readonly complaints: readonly string[];
}

// The package unpacks its libraries only where it believes to run in such a container; it is an ES module without a build for Jest.
const UNPACK = `import("@sparticuz/chromium").then(async ({ default: packed }) => console.log(await packed.executablePath()))`;
const UNPACKED_FOR = { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };

/** Starts Chromium. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = execFileSync(process.execPath, ["-e", UNPACK], {
    cwd: repositoryRoot,
    env: { ...process.env, ...UNPACKED_FOR },
    encoding: "utf8",
  }).trim();
  const libraries = [join(tmpdir(), "al2023", "lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean);
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    env: { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries.join(delimiter) },
  });
}

/** Opens an address and watches what the page does. */
export async function watchPage(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(url);
  return { page, requested, complaints };
}
