/** Reads a supergraph from its file and, where a public key is configured, takes only what the key's owner has signed. */
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where a supergraph lies, and the PEM file of the Ed25519 key that must have signed it; undefined: it need not be signed. */
export interface SupergraphPlace {
  readonly supergraphFile: string;
  readonly supergraphKeyFile: string | undefined;
}

/** The file of the signature beside a supergraph: 64 bytes over the bytes of the supergraph (RFC 8032). */
export const signatureFileOf = (supergraphFile: string): string => `${supergraphFile}.sig`;

/** The text. Throws when it cannot be read, or is not signed though it must be. */
export function readSupergraphFile({ supergraphFile, supergraphKeyFile }: SupergraphPlace): string {
  const bytes = readFileSync(supergraphFile);
  if (supergraphKeyFile !== undefined) requireSignature(bytes, { supergraphFile, supergraphKeyFile });
  return bytes.toString("utf8");
}

function requireSignature(
  bytes: Buffer,
  { supergraphFile, supergraphKeyFile }: { readonly [name in keyof SupergraphPlace]: string },
): void {
  const key = createPublicKey(readFileSync(supergraphKeyFile));
  if (key.asymmetricKeyType !== "ed25519")
    throw new Error(`${supergraphKeyFile} (HUB_SUPERGRAPH_KEY) holds no Ed25519 key`);
  const file = signatureFileOf(supergraphFile);
  if (!verify(null, bytes, key, readSignature(file)))
    throw new Error(`${file} is not the signature of ${supergraphFile} by the key of HUB_SUPERGRAPH_KEY`);
}

function readSignature(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(
      `the supergraph is unsigned: ${file} cannot be read, and HUB_SUPERGRAPH_KEY asks for it`,
      {
        cause: error,
      },
    );
  }
}
