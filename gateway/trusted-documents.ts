/** The documents that callers may send when the hub is closed to all others. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { hashDocument } from "./http/read-operation";

/**
 * Reads a manifest: a JSON object from hash to document, as GraphQL Code Generator and Relay write it (a `sha256:` before
 * the hash is allowed). Throws when a hash is not the hash of its document: a manifest that was edited by hand is no manifest.
 */
export function readTrustedDocuments(file: string): ReadonlyMap<string, string> {
  const manifest = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, "utf8")));
  const documents = new Map<string, string>();
  for (const [name, document] of Object.entries(manifest)) {
    const hash = hashDocument(document);
    if (name.replace(/^sha256:/, "") !== hash)
      throw new Error(`${file}: ${name} is not the hash of its document`);
    documents.set(hash, document);
  }
  return documents;
}
