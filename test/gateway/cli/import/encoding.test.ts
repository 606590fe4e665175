import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { detectEncoding, readText } from "../../../../gateway/cli/import/encoding";

const folder = mkdtempSync(join(tmpdir(), "hub-encoding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(bytes: Uint8Array): string {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, bytes);
  return path;
}

async function read(path: string): Promise<string> {
  let text = "";
  for await (const piece of readText(path, await detectEncoding(path))) text += piece;
  return text;
}

// 行政处罚,宁波 in GB18030.
const gb = Uint8Array.of(0xd0, 0xd0, 0xd5, 0xfe, 0xb4, 0xa6, 0xb7, 0xa3, 0x2c, 0xc4, 0xfe, 0xb2, 0xa8);

test("UTF-8 with a byte order mark reads without it", async () => {
  expect(await read(write(Buffer.from("\uFEFF行政处罚,宁波")))).toBe("行政处罚,宁波");
});

test("UTF-8 without a byte order mark is told from GB18030", async () => {
  expect(await read(write(Buffer.from("行政处罚,宁波")))).toBe("行政处罚,宁波");
  expect(await read(write(gb))).toBe("行政处罚,宁波");
});

test("a file is GB18030 when only its last megabyte shows it", async () => {
  const path = write(Buffer.concat([Buffer.alloc(3_000_000, "a"), gb]));
  expect((await read(path)).endsWith("行政处罚,宁波")).toBe(true);
});

test("a character that lies across two chunks does not make UTF-8 look like GB18030", async () => {
  for (const shift of [1, 2, 3]) {
    const text = "a".repeat(1_048_576 - shift) + "波".repeat(10);
    expect(await read(write(Buffer.from(text)))).toBe(text);
  }
});

test("bytes that are neither are refused", async () => {
  await expect(read(write(Uint8Array.of(0x61, 0xff, 0xff, 0x0a)))).rejects.toThrow(
    "neither UTF-8 nor GB18030",
  );
});
