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
    started.on("message", ({ id, signatures }: { id: number; signatures: readonly string[] }) => {
      orders.get(id)?.resolve(signatures);
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
      worker.postMessage({ id, contents });
      return new Promise((resolve) => orders.set(id, { contents, resolve }));
    },
    close: () => void worker?.terminate(),
  };
}
