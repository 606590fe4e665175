import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashDocument } from "../../gateway/http/read-operation";
import { readTrustedDocuments } from "../../gateway/trusted-documents";

const folder = mkdtempSync(join(tmpdir(), "hub-documents-"));
const file = join(folder, "documents.json");
const document = "{ schemes { id } }";
afterAll(() => rmSync(folder, { recursive: true }));

test("a manifest maps hashes to documents, with the algorithm named or not", () => {
  writeFileSync(file, JSON.stringify({ [`sha256:${hashDocument(document)}`]: document }));
  expect(readTrustedDocuments(file).get(hashDocument(document))).toBe(document);
});

test("a manifest whose hash is not that of its document stops the start", () => {
  writeFileSync(file, JSON.stringify({ [hashDocument(document)]: "{ schemes { id title } }" }));
  expect(() => readTrustedDocuments(file)).toThrow("is not the hash of its document");
});
