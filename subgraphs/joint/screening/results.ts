/** The results of a screening as they are handed over: one an enterprise, from its receipt; all in a stream, or by the page. */
import type { Pool } from "pg";
import QueryStream from "pg-query-stream";
import type { ReceiptContent } from "../ledger/receipt-content";
import { jwsOf } from "../ledger/receipt-jws";

/** One enterprise of a screening. `onRecord` false: nobody had anything on record, which is not the same as unknown. */
export interface ScreeningRow {
  readonly creditCode: string;
  readonly outcome: string;
  readonly onRecord: boolean;
  /** The departments that did not answer, separated by blanks. */
  readonly missing: string;
  readonly reviewOn: string;
  readonly scheme: string;
  readonly version: string;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly receipt: string;
}

/** A page of results: those after a credit code (null: from the first on), in the order of credit codes. */
export interface ResultsPage {
  readonly first: number;
  readonly after: string | null;
}

/** One result with its receipt: what it says, and the compact JWS. */
export interface ScreeningReceipt {
  readonly content: ReceiptContent;
  readonly jws: string;
}

const ROWS = `SELECT r.credit_code AS "creditCode", r.receipt_id AS receipt, c.content
  FROM screening_result r JOIN receipt c ON c.id = r.receipt_id AND c.credit_code = r.credit_code
  WHERE r.screening_id = $1::uuid ORDER BY r.credit_code`;

// The page is cut first: of a whole screening the planner would join all receipts to show a hundred.
const PAGE = `SELECT c.kid, c.content, c.signature
  FROM (SELECT receipt_id, credit_code FROM screening_result
    WHERE screening_id = $1::uuid AND credit_code > coalesce($2, '') ORDER BY credit_code LIMIT $3) r
  JOIN receipt c ON c.id = r.receipt_id AND c.credit_code = r.credit_code ORDER BY r.credit_code`;

/** Whether anybody had anything on record. */
export function isOnRecord({ facts }: ReceiptContent["evidence"]): boolean {
  return facts.length > 0;
}

function toRow({
  creditCode,
  receipt,
  content,
}: {
  creditCode: string;
  receipt: string;
  content: string;
}): ScreeningRow {
  const { outcome, evidence, missing, reviewOn, scheme, sentence } = JSON.parse(content) as ReceiptContent;
  return {
    creditCode,
    outcome,
    onRecord: isOnRecord(evidence),
    missing: missing.map(({ department }) => department).join(" "),
    reviewOn: reviewOn ?? "",
    scheme: scheme.id,
    version: scheme.version,
    sentenceZh: sentence.zh,
    sentenceEn: sentence.en,
    receipt,
  };
}

// Receipts are looked up one by one in the order of the results: the first rows are there at once, and no receipt is sorted.
const SETTINGS = ["hashjoin", "mergejoin", "sort", "bitmapscan"]
  .map((way) => `SET enable_${way} = off;`)
  .join(" ");

/** Reads the rows in the order of credit codes, a few at a time. */
export async function* readScreeningRows(pool: Pool, screening: string): AsyncGenerator<ScreeningRow> {
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = 0; ${SETTINGS}`);
    const stream = client.query(new QueryStream(ROWS, [screening], { batchSize: 1_000 }));
    for await (const row of stream) yield toRow(row as Parameters<typeof toRow>[0]);
  } finally {
    client.release(true);
  }
}

/** Reads a page of what has been answered so far. */
export async function readScreeningPage(
  pool: Pool,
  screening: string,
  { first, after }: ResultsPage,
): Promise<readonly ScreeningReceipt[]> {
  const { rows } = await pool.query<{ kid: string; content: string; signature: string }>(PAGE, [
    screening,
    after,
    first,
  ]);
  return rows.map(({ kid, content, signature }) => ({
    content: JSON.parse(content) as ReceiptContent,
    jws: jwsOf(kid, content, signature),
  }));
}
