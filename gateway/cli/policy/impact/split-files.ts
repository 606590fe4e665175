/** The files of departments, as `hub generate` writes them, divided into shares: all lines about an enterprise lie in one. */
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toCreditCode } from "../../../../schema/credit-code";
import { HubError } from "../../../../schema/errors";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { openSource } from "../../import/source";

/** Shares of the files' lines in a folder of their own, until they are removed. */
export interface Shares {
  readonly files: readonly string[];
  /** The departments whose file is there; the others are silent. */
  readonly answering: readonly FactDepartment[];
  readonly remove: () => void;
}

// A share of a city of 500,000 takes a worker about 60 MB.
const SHARE_BYTES = 8_000_000;
const CHUNK_CHARACTERS = 200_000;
const FAULTS_MAX = 20;

const fileOf = (folder: string, department: FactDepartment): string =>
  join(folder, `${department.toLowerCase()}.ndjson`);

function findAnswering(folder: string): readonly FactDepartment[] {
  const answering = FACT_DEPARTMENTS.filter((department) => existsSync(fileOf(folder, department)));
  if (answering.includes("SAFETY")) return answering;
  throw new Error(
    `${fileOf(folder, "SAFETY")} is not there: safety's registrations say whom a trial is about (npm run hub -- generate writes such files)`,
  );
}

/** Divides the files of a folder. Throws one error with the lines that hold no fact. */
export async function splitFiles(folder: string): Promise<Shares> {
  const answering = findAnswering(folder);
  const bytes = answering.reduce((sum, department) => sum + statSync(fileOf(folder, department)).size, 0);
  const place = mkdtempSync(join(tmpdir(), "hub-impact-"));
  const remove = (): void => rmSync(place, { recursive: true, force: true });
  try {
    const faults: string[] = [];
    const shares = openShares(place, Math.ceil(bytes / SHARE_BYTES));
    for (const department of answering) await divide(folder, department, { shares, faults });
    if (faults.length > 0) throw new Error(faults.slice(0, FAULTS_MAX).join("\n"));
    shares.flush();
    return {
      files: readdirSync(place)
        .sort()
        .map((name) => join(place, name)),
      answering,
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

interface OpenShares {
  readonly write: (creditCode: string, line: string) => void;
  readonly flush: () => void;
}

function openShares(place: string, count: number): OpenShares {
  const chunks = new Array<string>(count).fill("");
  const flush = (at: number): void => {
    if (chunks[at] !== "") appendFileSync(join(place, `${String(at).padStart(5, "0")}.ndjson`), chunks[at]!);
    chunks[at] = "";
  };
  return {
    write(creditCode, line) {
      const at = hashOf(creditCode) % count;
      chunks[at] += `${line}\n`;
      if (chunks[at]!.length > CHUNK_CHARACTERS) flush(at);
    },
    flush: () => chunks.forEach((_, at) => flush(at)),
  };
}

// FNV-1a.
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

async function divide(
  folder: string,
  department: FactDepartment,
  { shares, faults }: { readonly shares: OpenShares; readonly faults: string[] },
): Promise<void> {
  const { rows } = await openSource(fileOf(folder, department), {});
  let line = 0;
  for await (const { fact, fault } of rows) {
    line++;
    try {
      if (!fact) throw new HubError("BAD_USER_INPUT", fault!);
      shares.write(toCreditCode(fact["creditCode"]), JSON.stringify({ department, line, fact }));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      faults.push(`${department.toLowerCase()}.ndjson, line ${line}: ${error.message}`);
    }
  }
}
