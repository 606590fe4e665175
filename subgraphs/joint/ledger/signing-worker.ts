/**
 * Signs texts on a thread of its own: an Ed25519 signature costs as much as a judgement, and handing single signatures to
 * libuv's pool costs the calling thread nearly as much as signing. Imports nothing of ours, so that it also runs uncompiled.
 */
import { type KeyObject, sign } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";

const { privateKey, header } = workerData as { readonly privateKey: KeyObject; readonly header: string };

const SIGNATURE_BYTES = 64;

/** Texts in UTF-8 one behind the other, and where each ends. Both are handed over, not copied. */
interface Order {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

parentPort!.on("message", ({ id, bytes, ends }: Order) => {
  const contents = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signatures = Buffer.allocUnsafeSlow(ends.length * SIGNATURE_BYTES);
  let start = 0;
  ends.forEach((end, index) => {
    const input = `${header}.${contents.toString("base64url", start, end)}`;
    signatures.set(sign(null, Buffer.from(input, "latin1"), privateKey), index * SIGNATURE_BYTES);
    start = end;
  });
  parentPort!.postMessage({ id, signatures }, [signatures.buffer]);
});
