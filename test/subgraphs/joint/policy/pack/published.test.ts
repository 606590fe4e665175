import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policiesFolder } from "../../../../../subgraphs/joint";
import { loadPacks } from "../../../../../subgraphs/joint/policy/pack/load-packs";
import { publish } from "../../../../../subgraphs/joint/policy/pack/published";

const SCHEME = "sc-state-capital";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-published-"));
  cpSync(join(policiesFolder, SCHEME), join(folder, SCHEME), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (): void => appendFileSync(join(folder, SCHEME, "2018.1", "scheme.yaml"), "# changed\n");

test("a version that was never published may still be changed", async () => {
  change();
  expect((await loadPacks(folder)).packs).toHaveLength(1);
});

test("a published version that was changed is refused, with the remedy", async () => {
  publish(folder, (await loadPacks(folder)).packs);
  expect((await loadPacks(folder)).packs).toHaveLength(1);
  change();
  await expect(loadPacks(folder)).rejects.toThrow(
    /was changed; restore it, and make a change as a new version/,
  );
});

test("a published version that is gone is missed", async () => {
  publish(folder, (await loadPacks(folder)).packs);
  rmSync(join(folder, SCHEME), { recursive: true });
  await expect(loadPacks(folder)).rejects.toThrow(/is gone/);
});

test("another text of a published version cannot be published over it", async () => {
  const { packs } = await loadPacks(folder);
  publish(folder, packs);
  change();
  const changed = packs.map((pack) => ({ ...pack, scheme: { ...pack.scheme, sha256: "0".repeat(64) } }));
  expect(() => publish(folder, changed)).toThrow(/another text of this version is published/);
});
