/** Signs the contents of receipts: few on the spot, many on a thread beside the judging one. */
import { type KeyObject, sign } from "node:crypto";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { headerOf, jwsInput } from "./receipt-jws";

/** Signs with one key. */
export interface Signer {
  /** The signatures (base64url) of contents, in their order. */
  readonly sign: (contents: readonly string[]) => Promise<readonly string[]>;
  readonly close: () => void;
}

interface Order {
  readonly contents: readonly string[];
  readonly resolve: (signatures: readonly string[]) => void;
}

// Below this the way to the other thread and back takes longer than signing.
const ON_THE_SPOT_MAX = 2;
const SIGNATURE_BYTES = 64;
const BYTES_A_CHARACTER_MAX = 3;

/** The signer of a private key; its thread starts with the first large order and does not keep the process alive. */
export function createSigner(kid: string, privateKey: KeyObject): Signer {
  const orders = new Map<number, Order>();
  let lastId = 0;
  let worker: Worker | undefined;
  let workerFailed = false;

  function signHere(contents: readonly string[]): readonly string[] {
    return contents.map((content) =>
      sign(null, Buffer.from(jwsInput(kid, content), "latin1"), privateKey).toString("base64url"),
    );
  }

  // A thread that died costs speed, not receipts: what it owed is signed here, and so is everything after.
  function takeOver(): void {
    workerFailed = true;
    for (const { contents, resolve } of orders.values()) resolve(signHere(contents));
    orders.clear();
  }

  function startWorker(): Worker {
    const started = new Worker(join(__dirname, `signing-worker${extname(__filename)}`), {
      execArgv: ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"],
      workerData: { privateKey, header: headerOf(kid) },
    });
    started.unref();
    started.on("message", ({ id, signatures }: { id: number; signatures: Uint8Array }) => {
      orders.get(id)?.resolve(divide(signatures));
      orders.delete(id);
    });
    started.on("error", takeOver);
    started.on("exit", takeOver);
    return started;
  }

  return {
    async sign(contents) {
      if (contents.length <= ON_THE_SPOT_MAX || workerFailed) return signHere(contents);
      worker ??= startWorker();
      const id = ++lastId;
      const { bytes, ends } = pack(contents);
      worker.postMessage({ id, bytes, ends }, [bytes.buffer, ends.buffer]);
      return new Promise((resolve) => orders.set(id, { contents, resolve }));
    },
    close: () => void worker?.terminate(),
  };
}

/**
 * Contents in UTF-8 one behind the other, and where each ends: in memory of their own, which is handed to the other thread. To
 * copy a thousand texts there as texts would take a third as long as to sign them.
 */
function pack(contents: readonly string[]): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
} {
  const characters = contents.reduce((sum, { length }) => sum + length, 0);
  const bytes = Buffer.from(new ArrayBuffer(BYTES_A_CHARACTER_MAX * characters));
  const ends = new Uint32Array(contents.length);
  let end = 0;
  contents.forEach((content, index) => {
    end += bytes.write(content, end);
    ends[index] = end;
  });
  return { bytes, ends };
}

function divide(signatures: Uint8Array): readonly string[] {
  const all = Buffer.from(signatures.buffer, signatures.byteOffset, signatures.byteLength);
  return Array.from({ length: all.length / SIGNATURE_BYTES }, (_, index) =>
    all.toString("base64url", index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES),
  );
}
