/**
 * Signs texts on a thread of its own: an Ed25519 signature costs as much as a judgement, and handing single signatures to
 * libuv's pool costs the calling thread nearly as much as signing. Imports nothing of ours, so that it also runs uncompiled.
 */
import { type KeyObject, sign } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";

const { privateKey, header } = workerData as { readonly privateKey: KeyObject; readonly header: string };

parentPort!.on(
  "message",
  ({ id, contents }: { readonly id: number; readonly contents: readonly string[] }) => {
    const signatures = contents.map((content) => {
      const input = `${header}.${Buffer.from(content).toString("base64url")}`;
      return sign(null, Buffer.from(input, "latin1"), privateKey).toString("base64url");
    });
    parentPort!.postMessage({ id, signatures });
  },
);
